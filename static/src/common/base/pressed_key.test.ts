import { expect, it } from "vitest";
import { type KeyPress, shownKeys } from "./pressed_key";

function press(key: string, held = "", more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    ctrlKey: held.includes("C"),
    altKey: held.includes("A"),
    shiftKey: held.includes("S"),
    metaKey: held.includes("M"),
    isComposing: false,
    location: 0,
    getModifierState: () => held.includes("G"),
    ...more,
  };
}

it.each([
  [press("c", "C"), ["Control", "C"]],
  [press("Enter"), ["Enter"]],
  [press("Enter", "CS"), ["Control", "Shift", "Enter"]],
  [press("ArrowUp"), ["ArrowUp"]],
  [press("F11"), ["F11"]],
  [press("n", "A"), ["Alt", "N"]],
  [press(" ", "C"), ["Control", " "]],
  [press("s", "M"), ["Meta", "S"]],
])("shows shortcuts and special keys: %j", (pressed, keys) => {
  expect(shownKeys(pressed, false)).toEqual(keys);
});

it.each([
  ["a letter", press("a")],
  ["a capital letter", press("A", "S")],
  ["a space", press(" ")],
  ["a modifier alone", press("Control", "C")],
  ["a character typed with AltGr", press("@", "CAG")],
  ["a code of the numeric pad", press("6", "A", { location: 3 })],
  ["part of a composition", press("Enter", "", { isComposing: true })],
  ["a dead key", press("Dead", "S")],
  ["an unknown key of an on-screen keyboard", press("Unidentified")],
])("does not show %s", (_, pressed) => {
  expect(shownKeys(pressed, false)).toBe(null);
});

it("does not show what Option types on a Mac", () => {
  expect(shownKeys(press("@", "A"), true)).toBe(null);
  expect(shownKeys(press("ArrowLeft", "A"), true)).toEqual(["Alt", "ArrowLeft"]);
});
