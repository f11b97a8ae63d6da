import { expect, it } from "vitest";
import { ERROR_CODES, type Exit } from "../../protocol.gen";
import { useLanguage } from "../i18n/translate";
import { IDLE, type RunState } from "./run_state";
import { stateFigures, stateSentence } from "./run_status_text";
import { refusal } from "./run_text";

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

it("says in the reader's language why a run ended", () => {
  useLanguage("de");
  const signal = { exit_code: null, signal: "SIGSEGV" };
  expect(stateSentence(ended({}))).toBe("Dein Programm endete mit dem Exit-Code 3.");
  expect(stateSentence(ended(signal))).toContain("SIGSEGV");
  useLanguage("en");
});

it("says in the reader's language what is refused, by its code", () => {
  const error = { code: "too_many_runs", message: "You have 3 programs running." } as const;
  expect(refusal(error)).toBe("You have 3 programs running.");
  useLanguage("de");
  for (const code of ERROR_CODES) expect(refusal({ code, message: "?" })).toMatch(/\p{L}+\.$/u);
  expect(refusal(error)).toContain("schon zu viele deiner Programme");
  useLanguage("en");
});
