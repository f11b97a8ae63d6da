import { expect, it } from "vitest";
import type { Exit } from "../../protocol.gen";
import { IDLE, next, type RunState } from "./run_state";
import { stateFigures, stateSentence } from "./run_status_text";
import { endingLine } from "./run_text";

it("says the place in the queue", () => {
  expect(stateSentence({ ...IDLE, phase: "queued", position: 3 })).toContain(
    "Position in the queue: 3",
  );
  expect(stateSentence({ ...IDLE, phase: "queued", position: 1 })).toContain("You are next");
});

const EXIT: Exit = {
  type: "exit",
  run: "",
  outcome: "failed",
  exit_code: 3,
  signal: null,
  reason: "Your program ended with exit code 3.",
  reason_code: "exit_code",
  figures: { exit_code: 3 },
  wall_ms: 1,
  cpu_ms: 1,
  memory_peak_bytes: 1,
  output_bytes: 1,
};

function ended(exit: Partial<Exit>): RunState {
  return { ...IDLE, phase: "finished", exit: { ...EXIT, ...exit }, firstOutputMs: 12 };
}

it("says an exit code once", () => {
  const finished = {
    outcome: "completed",
    exit_code: 0,
    reason: "Your program finished.",
  } as const;
  expect(stateFigures(ended(finished))).toEqual(["exit code 0", "first output after 12 ms"]);
  expect(stateFigures(ended({}))).toEqual(["first output after 12 ms"]);
});

it("says why a run ended as the server says it", () => {
  const exit = { ...EXIT, reason: "Dein Programm endete mit dem Exit-Code 3." };
  expect(stateSentence(ended(exit))).toBe(exit.reason);
  expect(endingLine(exit)).toBe("Dein Programm endete mit dem Exit-Code 3 · 1 ms");
});

it("says at least that a run ended, if a server of another version says no more", () => {
  expect(stateSentence(ended({ reason: "" }))).toBe("Ended");
});

it("says why there is no run as the server says it", () => {
  const message = "Es laufen schon 3 deiner Programme.";
  const error = { type: "error", code: "too_many_runs", message, run: null } as const;
  expect(stateSentence(next({ ...IDLE, phase: "starting" }, error))).toBe(message);
});
