import { expect, it } from "vitest";
import { fakePress } from "./fake_press";
import { KeyboardLayout, usPlace } from "./keyboard_layout";

it("knows where a US keyboard has its characters", () => {
  expect(["a", "Z", "0", "+", "=", "/"].map(usPlace)).toEqual([
    ...["KeyA", "KeyZ", "Digit0", "Equal", "Equal", "Slash"],
  ]);
  expect(usPlace("ü")).toBe(undefined);
});

it("takes the layout that the browser tells", () => {
  const layout = new KeyboardLayout();
  expect(layout.replace([["KeyY", "z"]])).toBe(true);
  expect(layout.replace([["KeyY", "z"]])).toBe(false);
  expect(layout.characterAt("KeyY")).toBe("z");
  expect(layout.placeOf("Z")).toBe("KeyY");
  expect(layout.placeOf("y")).toBe(undefined);
});

it("learns from what is typed, also a second layout", () => {
  const layout = new KeyboardLayout();
  expect(layout.learn(fakePress("n", "KeyN"))).toBe(true);
  expect(layout.learn(fakePress("N", "KeyN"))).toBe(false); // with CapsLock
  expect(layout.learn(fakePress("n", "KeyL"))).toBe(true); // Dvorak
  expect(layout.placeOf("n")).toBe("KeyL");
  expect(layout.characterAt("KeyN")).toBe(undefined);
});

it.each([
  ["with Shift", fakePress("?", "Slash", "S")],
  ["with Ctrl", fakePress("s", "KeyS", "C")],
  ["with AltGr", fakePress("@", "KeyQ", "G")],
  ["with Option", fakePress("@", "KeyL", "A")],
  ["by an input method", fakePress("k", "KeyK", "", { isComposing: true })],
  ["by a dead key", fakePress("Dead", "Equal")],
  ["on the numeric pad", fakePress(",", "NumpadDecimal")],
  ["by a named key", fakePress("Enter", "Enter")],
])("learns nothing from what is typed %s", (_, press) => {
  expect(new KeyboardLayout().learn(press)).toBe(false);
});
