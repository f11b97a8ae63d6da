import { expect, it } from "vitest";
import type { Exit } from "../../protocol.gen";
import { IDLE, next, type RunState } from "./run_state";
import { stateSentence, stateWord, statusLine } from "./run_status_text";
import { endingLine, noteLines } from "./run_text";

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
  reason: "Your program ended with an error.",
  reason_code: "exit_code",
  figures: { exit_code: 3 },
  wall_ms: 1,
  cpu_ms: 1,
  memory_peak_bytes: 1,
  output_bytes: 1,
};

function ended(exit: Partial<Exit>): RunState {
  return { ...IDLE, phase: "finished", exit: { ...EXIT, ...exit } };
}

const running: RunState = { ...IDLE, phase: "running" };

it("says in the status line only what neither badge nor terminal say", () => {
  for (const state of [IDLE, running, ended({}), { ...IDLE, problem: "Too many." }])
    expect(statusLine(state)).toBe("");
  expect(statusLine({ ...running, waiting: "Your program waits for your answer." })).toBe(
    "Your program waits for your answer.",
  );
  expect(statusLine({ ...running, control: false })).toContain("Another window");
  expect(
    statusLine({ ...running, waiting: "Your program waits for your answer.", stopping: true }),
  ).toBe("");
  expect(statusLine({ ...IDLE, phase: "queued", position: 3 })).toContain("3");
});

it("tells screen readers every state in a sentence", () => {
  expect(stateSentence(running)).toBe("Your program is running.");
  expect(stateSentence({ ...running, waiting: "Your program waits for your answer." })).toBe(
    "Your program waits for your answer.",
  );
});

it("names the state in a word", () => {
  const words = [
    stateWord({ ...running, waiting: "Your program waits for your answer." }),
    stateWord(ended({ outcome: "completed" })),
    stateWord(ended({})),
    stateWord(ended({ outcome: "stopped" })),
    stateWord(ended({ outcome: "cpu_limit" })),
  ];
  expect(words).toEqual(["Waiting", "Finished", "Error", "Stopped", "Ended"]);
});

it("says why a run ended as the server says it", () => {
  const exit = { ...EXIT, reason: "Dein Programm endete mit einem Fehler." };
  expect(stateSentence(ended(exit))).toBe(exit.reason);
  expect(endingLine(exit)).toBe("Dein Programm endete mit einem Fehler · 1 ms");
});

it("draws dashes beside a closing note only where they fit on its line", () => {
  const note = "Your program ended with an error · 22 ms";
  const line = `── ${note} ──`;
  expect(noteLines(note, line.length)).toEqual([line]);
  expect(noteLines(note, line.length - 1)).toEqual([`── ${note}`]);
  for (const columns of [20, 30, 40]) {
    const lines = noteLines(note, columns);
    expect(lines.every((each) => each.length <= columns)).toBe(true);
    expect(lines.some((each) => /^─+$/.test(each))).toBe(false);
  }
});

it("keeps a duration on one line", () => {
  expect(noteLines("Dein Programm endete mit einem Fehler · 57 ms", 45)).toEqual([
    "── Dein Programm endete mit einem Fehler",
    "· 57 ms",
  ]);
});

it("says at least that a run ended, if a server of another version says no more", () => {
  expect(stateSentence(ended({ reason: "" }))).toBe("Ended");
});

it("says why there is no run as the server says it", () => {
  const message = "Es laufen schon 3 deiner Programme.";
  const error = { type: "error", code: "too_many_runs", message, run: null } as const;
  expect(stateSentence(next({ ...IDLE, phase: "starting" }, error))).toBe(message);
});
