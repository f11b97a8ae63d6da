import { expect, it } from "vitest";
import { keySequence, typedBetween, withCtrl } from "./key_sequences";

it.each([
  ["a letter", "", "h", "h"],
  ["a word that is still composed", "hel", "hell", "l"],
  ["the same word, committed", "hello", "hello", ""],
  ["a correction", "helo", "hello", "\x7flo"],
  ["a deletion", "ab", "a", "\x7f"],
  ["a smaller emoji than it looks", "👍", "👎", "\x7f👎"],
  ["Enter", "x", "x\n", "\r"],
])("types %s once", (_name, before, after, typed) => {
  expect(typedBetween(before, after)).toBe(typed);
});

it.each([
  ["c", "\x03"],
  ["D", "\x04"],
  ["[", "\x1b"],
  [" ", "\0"],
  ["1", null],
  ["ab", null],
])("holds Ctrl for %j", (key, typed) => {
  expect(withCtrl(key)).toBe(typed);
});

it.each([
  ["Tab", false, false, "\t"],
  ["Escape", false, false, "\x1b"],
  ["ArrowUp", false, false, "\x1b[A"],
  ["ArrowLeft", false, true, "\x1bOD"],
  ["ArrowRight", true, true, "\x1b[1;5C"],
])("sends %s (Ctrl %s, application %s)", (key, ctrl, application, sequence) => {
  expect(keySequence(key, ctrl, application)).toBe(sequence);
});
