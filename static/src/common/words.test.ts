import { expect, it } from "vitest";
import { IDLE } from "./run_state";
import { clock, duration, size, stateSentence } from "./words";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [1023, "1023 bytes"],
  [1536, "1.5 KiB"],
  [300 * 1024 ** 2, "300 MiB"],
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
