import { expect, it } from "vitest";
import { ERROR_CODES, type Exit } from "../../protocol.gen";
import { IDLE, type RunState } from "../run/run_state";
import { useLanguage } from "./translate";
import { ago, clock, duration, refusal, size, stateFigures, stateSentence, wrapped } from "./words";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1023, "1023 bytes"],
  [1536, "1.5 KB"],
  [300 * 1024 ** 2, "300 MB"],
])("says %i bytes as %s", (bytes, words) => {
  expect(size(bytes)).toBe(words);
});

it.each([
  [7, "7 ms"],
  [1234, "1.2 s"],
  [59_990, "1 min 0 s"],
  [3_700_000, "1 h 1 min"],
])("says %i ms as %s", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

it.each([
  [-5, "0:00"],
  [61_000, "1:01"],
  [3_600_000, "1:00:00"],
])("shows %i ms on a clock as %s", (milliseconds, face) => {
  expect(clock(milliseconds)).toBe(face);
});

it("says the place in the queue", () => {
  expect(stateSentence({ ...IDLE, phase: "queued", position: 3 })).toContain("number 3");
  expect(stateSentence({ ...IDLE, phase: "queued", position: 1 })).toContain("you are next");
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

it("writes figures as the reader does", () => {
  useLanguage("de");
  expect([size(1), size(2), size(1536)]).toEqual(["1 Byte", "2 Bytes", "1,5 KB"]);
  expect(duration(1234)).toBe("1,2 s");
  useLanguage("en");
});

it.each([
  ["one two three", 80, ["one two three"]],
  ["one two three", 7, ["one two", "three"]],
  ["one incomprehensibly two", 5, ["one", "incomprehensibly", "two"]],
])("breaks %s into lines of %i", (text, most, lines) => {
  expect(wrapped(text, most)).toEqual(lines);
});

it("says in the reader's language what is refused, by its code", () => {
  const error = { code: "too_many_runs", message: "You have 3 programs running." } as const;
  expect(refusal(error)).toBe("You have 3 programs running.");
  useLanguage("de");
  for (const code of ERROR_CODES) expect(refusal({ code, message: "?" })).toMatch(/\p{L}+\.$/u);
  expect(refusal(error)).toContain("schon zu viele deiner Programme");
  useLanguage("en");
});

it.each([
  ["2026-01-05T10:00:00+00:00", "just now"],
  ["2026-01-05T09:30:00+00:00", "30 min ago"],
  ["2026-01-05T04:00:00+00:00", "6 h ago"],
  ["2025-12-24T10:00:00+00:00", "2025-12-24"],
])("says when %s was", (iso, words) => {
  expect(ago(iso, Date.parse("2026-01-05T10:00:00Z"))).toBe(words);
});
