import { afterEach, expect, it } from "vitest";
import { clock, duration, size, wrapped } from "./format";
import { useLanguage } from "./translate";

afterEach(() => useLanguage("en"));

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

it("writes figures as the reader does", () => {
  useLanguage("de");
  expect([size(1), size(2), size(1536)]).toEqual(["1 Byte", "2 Bytes", "1,5 KB"]);
  expect(duration(1234)).toBe("1,2 s");
});

it.each([
  ["one two three", 80, ["one two three"]],
  ["one two three", 7, ["one two", "three"]],
  ["one incomprehensibly two", 5, ["one", "incomprehensibly", "two"]],
])("breaks %s into lines of %i", (text, most, lines) => {
  expect(wrapped(text, most)).toEqual(lines);
});
