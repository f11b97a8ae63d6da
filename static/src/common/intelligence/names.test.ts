import { expect, it } from "vitest";
import { isDecimal, isPythonName, isScriptName, namesBeside, wordBefore } from "./names";

it.each(["x", "_", "größe", "漢字", "x1", "match"])("takes %s for a name", (name) => {
  expect(isPythonName(name)).toBe(true);
});

it.each(["", "1x", "a b", "for", "None", "a-b", "a.b", "\ud800", "x\n"])("refuses %j", (name) => {
  expect(isPythonName(name)).toBe(false);
});

it("has other names for scripts", () => {
  expect(["$x", "let", "größe", "lambda", "1x"].map(isScriptName)).toEqual([
    ...[true, false, true, true, false],
  ]);
});

it.each([
  ["total = to", "to"],
  ["x.", ""],
  ["", ""],
  ["größe_😀", ""],
  ["😀größ", "größ"],
  ["\ud800na", "na"],
  ["$va", "va"],
  ["a\r\nna", "na"],
])("finds the half of a name at the end of %j", (text, word) => {
  expect(wordBefore(text, text.length)).toBe(word);
});

it("takes no long text for the half of a name, in a moment", () => {
  const text = "a".repeat(512 << 10);
  const before = performance.now();
  expect(wordBefore(text, text.length)).toBe("");
  expect(wordBefore(`${text} $x`, text.length + 3, true)).toBe("$x");
  expect(performance.now() - before).toBeLessThan(100);
});

it.each([
  ["3.", true],
  ["x = 3.1", true],
  ["f(1_000.", true],
  ["x3.", false],
  ["numbers[3].", false],
  ["a.b.", false],
  ["3..", false],
])("knows numbers from members: %s", (text, decimal) => {
  expect(isDecimal(text, text.length)).toBe(decimal);
});

it("finds the names beside a word that is being written", () => {
  const text = "größe = 1\nfor x in __all__: gr";
  expect([...namesBeside(text, text.length - 2, text.length)]).toEqual(["größe", "x"]);
});
