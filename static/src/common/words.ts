import type { Exit } from "../protocol.gen";
import type { RunState } from "./run_state";

const UNITS = ["bytes", "KiB", "MiB", "GiB"];

export function size(bytes: number): string {
  if (bytes === 1) return "1 byte";
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** While it runs: whole seconds, as a clock. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

export function gapLine(bytes: number): string {
  return `${size(bytes)} of earlier output are no longer held`;
}

export function endingLine(exit: Exit): string {
  const time = duration(exit.wall_ms);
  return exit.outcome === "completed" ? `finished in ${time}` : `${trimmed(exit.reason)} · ${time}`;
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** One word for the badge. */
export function stateWord(state: RunState): string {
  switch (state.phase) {
    case "idle":
      return "Ready";
    case "starting":
      return "Starting";
    case "queued":
      return "Waiting";
    case "restoring":
      return "Loading";
    case "running":
      return state.stopping ? "Stopping" : state.control ? "Running" : "Watching";
    case "finished":
      return state.exit?.outcome === "completed" ? "Finished" : "Ended";
  }
}

/** The status line, and what a screen reader is told. */
export function stateSentence(state: RunState): string {
  switch (state.phase) {
    case "idle":
      return state.problem ?? "Ready to run.";
    case "starting":
      return "Starting your program…";
    case "queued":
      return queueSentence(state.position);
    case "restoring":
      return "Looking for your program…";
    case "running":
      if (state.stopping) return "Stopping your program…";
      return state.control
        ? "Your program is running."
        : "Another window has control; this one watches.";
    case "finished":
      return state.exit?.reason ?? "Your program ended.";
  }
}

function queueSentence(position: number | null): string {
  if (position === null || position <= 1) return "Waiting for a free machine: you are next.";
  return `Waiting for a free machine: number ${position} in line.`;
}
