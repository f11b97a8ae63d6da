import { describe, expect, it } from "vitest";
import { fakePress } from "../../common/base/fake_press";
import { type KeyUse, typesNothing, useOf } from "./key_use";

type Press = ReturnType<typeof fakePress>;

/** A Latin letter or another key, with `held` as in `fakePress`. */
function pressed(key: string, held = "", more: Partial<Press> = {}): Press {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  const keyCode = /^[a-z]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0;
  return { ...fakePress(key, code, held), keyCode, ...more };
}

function use(press: Press, { active = true, selected = false, mac = false } = {}): KeyUse {
  return useOf(press, { active, mac, selected: () => selected });
}

it.each([
  pressed("a"),
  pressed("c", "C"),
  pressed("r", "C"),
  pressed("s", "C"),
  pressed("0", "C"),
  pressed("v", "CS"),
  pressed("PageUp", "S"),
  pressed("F5"),
  pressed("@", "G"), // AltGr, on Linux
  pressed("Dead"),
  pressed("ф", "A", { code: "KeyA", keyCode: 65 }),
  pressed("6", "A", { location: 3 }), // a code of the numeric pad
])("leaves to xterm.js, for a program that runs: %j", (press) => {
  expect(use(press)).toBe("terminal");
});

describe("the clipboard", () => {
  const cyrillic = pressed("с", "C", { code: "KeyC", keyCode: 67 });
  it.each([pressed("c", "C"), pressed("C", "C"), cyrillic])("copies by %j", (press) => {
    expect(use(press, { selected: true })).toBe("copy");
    expect(use(press, { selected: true, active: false })).toBe("copy");
    expect(use(press)).toBe("terminal");
  });

  it("pastes by Ctrl+V, which the browser does", () => {
    expect(use(pressed("v", "C"))).toBe("browser");
    expect(use(pressed("м", "C", { code: "KeyV", keyCode: 86 }))).toBe("browser");
  });

  it("leaves Ctrl to programs on a Mac", () => {
    expect(use(pressed("c", "C"), { selected: true, mac: true })).toBe("terminal");
    expect(use(pressed("v", "C"), { mac: true })).toBe("terminal");
  });
});

describe("what xterm.js does not know", () => {
  it.each([
    ["لا", pressed("لا", "", { code: "KeyB", keyCode: 66 })],
    ["@", pressed("@", "CA", { code: "KeyQ", keyCode: 81 })], // AltGr through a remote desktop
    ["ą", pressed("ą", "CA", { code: "KeyA", keyCode: 65 })],
    ["\x1b", pressed("[", "CG", { code: "Digit8", keyCode: 56 })], // German, on Linux
    ["\x1c", pressed("\\", "CA", { code: "Minus", keyCode: 219 }), true], // and on a Mac
    ["\x1e", pressed("^", "CS", { code: "Digit6", keyCode: 54 })],
    ["\x03", pressed("с", "C", { code: "KeyC", keyCode: 0 })],
    ["\x1b&", pressed("&", "A", { code: "Digit1", keyCode: 49 })], // French
    ["\x1bö", pressed("ö", "A", { code: "Semicolon", keyCode: 192 })],
    ["\x1bN", pressed("N", "AS")],
  ])("sends %j", (send, press, mac = false) => {
    expect(use(press, { mac })).toEqual({ send });
  });

  it.each([
    ["with Option on a Mac", pressed("@", "A", { code: "KeyL", keyCode: 76 }), true],
    ["by an input method", pressed("Process", "C", { code: "KeyC", keyCode: 229 }), false],
    ["in a composition", pressed("é", "A", { isComposing: true }), false],
    ["with Ctrl and Alt and a letter", pressed("x", "CA"), false],
  ])("leaves alone what is typed %s", (_, press, mac) => {
    expect(use(press, { mac })).toBe("terminal");
  });
});

describe("after the program", () => {
  const cyrillic = pressed("ы", "C", { code: "KeyS" });
  it.each([..."cdsfpD"].map((key) => pressed(key, "C")).concat(cyrillic))("drops %j", (press) => {
    expect(use(press, { active: false })).toBe("nobody");
  });

  it.each([
    ...[..."rRltnw"].map((key) => pressed(key, "C")),
    ...["+", "-", "0", "Tab", "PageDown", "F5"].map((key) => pressed(key, "C")),
    pressed("F5"),
    pressed("i", "CS"),
  ])("leaves to the browser: %j", (press) => {
    expect(use(press, { active: false })).toBe("browser");
  });

  it("scrolls", () => {
    expect(use(pressed("PageUp", "S"), { active: false })).toBe("terminal");
  });
});

it.each([true, false])("lets the browser open its menu", (active) => {
  expect(use(pressed("F10", "S"), { active })).toBe("browser");
});

it.each([
  [pressed("Enter"), true],
  [pressed("ArrowUp"), true],
  [pressed("c", "C"), true],
  [pressed("x", "A"), true],
  [pressed("e"), false],
  [pressed(" "), false],
  [pressed("Shift", "S"), false],
  [pressed("Dead"), false],
  [pressed("AltGraph"), false],
  [pressed("@", "CA"), false],
  [pressed("@", "G"), false],
])("knows which keys type nothing: %j", (press, wanted) => {
  expect(typesNothing(press, false)).toBe(wanted);
});

it("knows that Option types on a Mac", () => {
  expect(typesNothing(pressed("@", "A"), true)).toBe(false);
});
