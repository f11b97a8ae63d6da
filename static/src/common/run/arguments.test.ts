import { expect, it } from "vitest";
import { splitArguments } from "./arguments";

const LIMITS = { count: 4, characters: 6 };

function split(text: string) {
  return splitArguments(text, LIMITS);
}

it.each([
  ["", []],
  ["  \t ", []],
  ["one two", ["one", "two"]],
  ["  one\t two \n", ["one", "two"]],
  ['"a b" c', ["a b", "c"]],
  ["'a b' c", ["a b", "c"]],
  ['a"b c"d', ["ab cd"]],
  ['""', [""]],
  ["'' a", ["", "a"]],
  [`"it's"`, ["it's"]],
  [`'"'`, ['"']],
  ["a\\ b", ["a b"]],
  ['\\"a', ['"a']],
  ["\\'a", ["'a"]],
  ["a\\\\b", ["a\\b"]],
  ['"a\\"b"', ['a"b']],
  ['"a\\\\"', ["a\\"]],
  ['"a\\nb"', ["a\\nb"]],
  ["'a\\'", ["a\\"]],
  ["a\\", ["a\\"]],
  ["* ~ $x", ["*", "~", "$x"]],
  ["-n --x=1", ["-n", "--x=1"]],
  ["größe 😀", ["größe", "😀"]],
  ["a\u00a0b", ["a", "b"]],
])("splits %j", (text, list) => {
  expect(split(text)).toEqual({ kind: "arguments", list });
});

it.each([
  ['a "b', '"'],
  ["it's", "'"],
  [`"it's`, '"'],
  ['"a\\"', '"'],
])("misses the other quotation mark in %j", (text, quote) => {
  expect(split(text)).toEqual({ kind: "unclosed", quote });
});

it("keeps to the limits of the protocol", () => {
  expect(split("1 2 3 4").kind).toBe("arguments");
  expect(split("1 2 3 4 5")).toEqual({ kind: "many", count: 5 });
  expect(split("a 123456").kind).toBe("arguments");
  expect(split("a 1234567")).toEqual({ kind: "long", number: 2, count: 7 });
  // As the server counts: one character, and not two halves.
  expect(split("😀😀😀😀😀😀").kind).toBe("arguments");
});

it("takes a long line without delay", () => {
  const text = "a".repeat(300_000);
  const before = performance.now();
  expect(split(text).kind).toBe("long");
  expect(performance.now() - before).toBeLessThan(1000);
});
