import type { ErrorCode, Exit } from "../../protocol.gen";
import type { RunState } from "../run/run_state";
import { speaksEnglish, type TextKey, t } from "./translate";

/** Each 1024 of the one before, as people call them, and the server's pages. */
const UNITS = ["KB", "MB", "GB"];

export function size(bytes: number): string {
  if (bytes === 1) return t("size.byte");
  if (bytes < 1024) return t("size.bytes", { count: Math.round(bytes) });
  const power = Math.min(UNITS.length, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value >= 100 ? Math.round(value) : decimal(value)} ${UNITS[power - 1]}`;
}

function decimal(value: number): string {
  const text = value.toFixed(1);
  return speaksEnglish() ? text : text.replace(".", ",");
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${decimal(seconds)} s`;
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

/** How long ago the server has saved it, roughly. */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (!(minutes >= 1)) return t("ago.now");
  if (minutes < 60) return t("ago.minutes", { minutes });
  if (minutes < 24 * 60) return t("ago.hours", { hours: Math.floor(minutes / 60) });
  return iso.slice(0, 10);
}

export function gapLine(bytes: number): string {
  return t("output.gap", { size: size(bytes) });
}

export function endingLine(exit: Exit): string {
  const time = duration(exit.wall_ms);
  if (exit.outcome === "completed") return t("end.completed", { time });
  return `${trimmed(reason(exit))} · ${time}`;
}

/** Why a run ended. The server says it in English, with figures we need not know. */
export function reason(exit: Exit): string {
  if (speaksEnglish()) return exit.reason;
  if (exit.signal !== null) return t("outcome.signal", { signal: exit.signal });
  return t(`outcome.${exit.outcome}` as TextKey, { code: exit.exit_code ?? "?" });
}

/** What the server refuses. It says why in English, more exactly than by its code. */
export function refusal(error: { readonly code: ErrorCode; readonly message: string }): string {
  return speaksEnglish() ? error.message : t(`error.${error.code}`);
}

/** In lines of at most `most` characters, broken between words where that is possible. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** One word for the badge. */
export function stateWord(state: RunState): string {
  switch (state.phase) {
    case "idle":
      return t("state.idle");
    case "starting":
      return t("state.starting");
    case "queued":
      return t("state.queued");
    case "restoring":
      return t("state.restoring");
    case "running":
      if (state.stopping) return t("state.stopping");
      return t(state.control ? "state.running" : "state.watching");
    case "finished":
      return t(state.exit?.outcome === "completed" ? "state.finished" : "state.ended");
  }
}

/** The status line, and what a screen reader is told. */
export function stateSentence(state: RunState): string {
  switch (state.phase) {
    case "idle":
      return state.problem ?? t("sentence.idle");
    case "starting":
      return t("sentence.starting");
    case "queued":
      return queueSentence(state.position);
    case "restoring":
      return t("sentence.restoring");
    case "running":
      if (state.stopping) return t("sentence.stopping");
      return t(state.control ? "sentence.running" : "sentence.watching");
    case "finished":
      return state.exit ? reason(state.exit) : t("sentence.ended");
  }
}

/** Figures beside the sentence: exit code if that does not say it, and how soon output came. */
export function stateFigures(state: RunState): string[] {
  const figures: string[] = [];
  const code = state.exit?.exit_code ?? null;
  const said = stateSentence(state).includes(String(code));
  if (code !== null && !said) figures.push(t("figure.exit", { code }));
  const first = state.firstOutputMs;
  if (first !== null) figures.push(t("figure.first", { time: duration(first) }));
  return figures;
}

function queueSentence(position: number | null): string {
  if (position === null || position <= 1) return t("queue.next");
  return t("queue.place", { position });
}
