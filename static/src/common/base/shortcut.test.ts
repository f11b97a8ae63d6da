import { describe, expect, it } from "vitest";
import { fakePress } from "./fake_press";
import { KeyboardLayout } from "./keyboard_layout";
import { Fit, fitOf, keyName, letterOf } from "./shortcut";

const UNKNOWN = new KeyboardLayout();

function layoutOf(keys: Record<string, string>): KeyboardLayout {
  const layout = new KeyboardLayout();
  layout.replace(Object.entries(keys));
  return layout;
}

const GERMAN = layoutOf({ BracketLeft: "ü", BracketRight: "+", Slash: "-", Minus: "ß", KeyY: "z" });
const FRENCH = layoutOf({ BracketLeft: "^", BracketRight: "$", Slash: "!", KeyM: ",", Comma: ";" });
const DVORAK = layoutOf({ KeyL: "n", KeyN: "b", Semicolon: "s", KeyS: "o", BracketRight: "=" });
const RUSSIAN = layoutOf({ KeyS: "ы", Slash: ".", BracketLeft: "х", KeyN: "т", Period: "ю" });
const MAC_FRENCH = layoutOf({ Equal: "-", Slash: "=", Minus: ")" });

type Case = [string, ReturnType<typeof fakePress>, KeyboardLayout?];

describe("on Windows and Linux", () => {
  it.each<Case>([
    ["Mod+S", fakePress("s", "KeyS", "C")],
    ["Mod+S", fakePress("S", "KeyS", "C")], // CapsLock
    ["Mod+S", fakePress("ы", "KeyS", "C"), RUSSIAN],
    ["Mod+S", fakePress("σ", "KeyS", "C")],
    ["Mod+S", fakePress("س", "KeyS", "C")],
    ["Mod+S", fakePress("ד", "KeyS", "C")],
    ["Mod+S", fakePress("s", "Semicolon", "C"), DVORAK],
    ["Mod+Shift+F", fakePress("А", "KeyF", "CS")],
    ["Mod+B", fakePress("Unidentified", "KeyB", "C")], // Arabic: two letters
    ["Mod+.", fakePress(".", "Period", "C")],
    ["Mod+.", fakePress(".", "Comma", "CS"), FRENCH],
    ["Mod+.", fakePress(".", "Slash", "C"), RUSSIAN],
    ["Mod+.", fakePress("ю", "Period", "C"), RUSSIAN],
    ["Mod+.", fakePress("ز", "Period", "C")],
    ["Mod+,", fakePress(",", "KeyM", "C"), FRENCH],
    ["Mod+/", fakePress("/", "Digit7", "CS"), GERMAN],
    ["Mod+/", fakePress("!", "Slash", "C"), FRENCH],
    ["Mod+[", fakePress("ü", "BracketLeft", "C"), GERMAN],
    ["Mod+[", fakePress("Dead", "BracketLeft", "C"), FRENCH],
    ["Mod+[", fakePress("[", "Digit8", "CG"), GERMAN], // Linux
    ["Mod+Alt++", fakePress("+", "Equal", "CAS")],
    ["Mod+Alt++", fakePress("=", "Equal", "CA")],
    ["Mod+Alt++", fakePress("+", "BracketRight", "CA"), GERMAN],
    ["Mod+Alt++", fakePress("+", "NumpadAdd", "CA")],
    ["Alt+-", fakePress("-", "Slash", "A"), GERMAN],
    ["Mod+Alt+-", fakePress("-", "Minus", "CA")],
    ["Mod+Alt+-", fakePress("-", "Digit6", "CA"), FRENCH],
    ["Alt+N", fakePress("т", "KeyN", "A"), RUSSIAN],
    ["Alt+N", fakePress("n", "KeyL", "A"), DVORAK],
    ["Mod+Enter", fakePress("Enter", "NumpadEnter", "C")],
    ["Mod+Enter", fakePress("Unidentified", "NumpadEnter", "C")],
    ["Mod+/", fakePress("/", "NumpadDivide", "C"), GERMAN],
    ["Alt+PageDown", fakePress("PageDown", "PageDown", "A")],
    ["F1", fakePress("F1", "F1")],
  ])("%s is pressed by %j", (keys, press, layout = UNKNOWN) => {
    expect(fitOf(keys, press, layout, false)).not.toBe(Fit.NONE);
  });

  it.each<Case>([
    ["Mod+B", fakePress("x", "KeyB", "C"), DVORAK], // Cut
    ["Mod+S", fakePress("o", "KeyS", "C"), DVORAK], // the browser's Open
    ["Alt+N", fakePress("b", "KeyN", "A"), DVORAK],
    ["Mod+S", fakePress("s", "KeyS", "CS")],
    ["Mod+S", fakePress("s", "KeyS", "CA")],
    ["Mod+S", fakePress("s", "KeyS", "CM")],
    ["Mod+S", fakePress("s", "KeyS", "M")],
    ["Mod+S", fakePress("s", "KeyS")],
    ["Mod+S", fakePress("s", "KeyS", "C", { isComposing: true })],
    ["Mod+S", fakePress("Process", "KeyS", "C", { keyCode: 229 })],
    ["Mod+Shift+F", fakePress("f", "KeyF", "C")],
    ["Mod+/", fakePress("-", "Slash", "C"), GERMAN], // makes the page smaller
    ["Mod+]", fakePress("+", "BracketRight", "C"), GERMAN], // larger
    ["Mod+Alt++", fakePress("~", "BracketRight", "CA"), GERMAN], // AltGr
    ["Mod+Alt++", fakePress("~", "BracketRight", "G"), GERMAN],
    ["Mod+Alt++", fakePress("´", "Equal", "CA"), GERMAN],
    ["Alt+N", fakePress("ń", "KeyN", "G")], // Polish
    ["Alt+N", fakePress("ń", "KeyN", "CA")],
    ["Mod+.", fakePress(">", "Period", "CS")],
    ["Mod+Enter", fakePress("Enter", "Enter", "CS")],
    ["Mod+S", fakePress("Unidentified", "", "C")],
  ])("%s is not pressed by %j", (keys, press, layout = UNKNOWN) => {
    expect(fitOf(keys, press, layout, false)).toBe(Fit.NONE);
  });
});

describe("on a Mac", () => {
  it.each<Case>([
    ["Mod+S", fakePress("s", "KeyS", "M")],
    ["Mod+S", fakePress("ы", "KeyS", "M"), RUSSIAN],
    ["Alt+N", fakePress("Dead", "KeyN", "A")],
    ["Alt+N", fakePress("˜", "KeyN", "A")],
    ["Alt+N", fakePress("Dead", "KeyL", "A"), DVORAK],
    ["Mod+Alt++", fakePress("≠", "Equal", "MA")],
    ["Mod+Alt++", fakePress("±", "Equal", "MAS")],
    ["Mod+Alt+-", fakePress("–", "Minus", "MA")],
    ["Mod+Alt+F", fakePress("ƒ", "KeyF", "MA")],
    ["Control+G", fakePress("g", "KeyG", "C")],
    ["Mod+Enter", fakePress("Enter", "Enter", "C")],
  ])("%s is pressed by %j", (keys, press, layout = UNKNOWN) => {
    expect(fitOf(keys, press, layout, true)).not.toBe(Fit.NONE);
  });

  it.each<Case>([
    ["Mod+B", fakePress("b", "KeyB", "C")], // moves the cursor
    ["Mod+Shift+F", fakePress("F", "KeyF", "CS")],
    ["Mod+F", fakePress("f", "KeyF", "CM")], // full screen
    ["Alt+N", fakePress("~", "KeyN", "A")],
    ["Alt+N", fakePress("@", "KeyL", "A")],
  ])("%s is not pressed by %j", (keys, press, layout = UNKNOWN) => {
    expect(fitOf(keys, press, layout, true)).toBe(Fit.NONE);
  });

  it("prefers what the layout types to the place on a US keyboard", () => {
    const press = fakePress("—", "Equal", "MA");
    const [smaller, larger] = ["Mod+Alt+-", "Mod+Alt++"].map((keys) =>
      fitOf(keys, press, MAC_FRENCH, true),
    );
    expect(smaller).toBeGreaterThan(larger ?? Fit.NONE);
  });
});

describe("the name of a key", () => {
  it.each([
    ["S", RUSSIAN, "S"],
    ["/", GERMAN, "/"],
    ["[", UNKNOWN, "["],
    ["[", GERMAN, "Ü"],
    ["]", GERMAN, null],
    ["[", FRENCH, "^"],
    ["]", FRENCH, "$"],
    ["[", RUSSIAN, "["],
    ["]", layoutOf({ BracketRight: "¨" }), "¨"],
    ["[", layoutOf({ BracketRight: "[" }), "["], // Japanese
    [" ", GERMAN, " "],
    ["+", GERMAN, "+"],
    ["Enter", GERMAN, "Enter"],
  ])("%s", (key, layout, name) => {
    expect(keyName(key, layout)).toBe(name);
  });
});

it("knows the letter of a key on every layout", () => {
  expect(letterOf(fakePress("C", "KeyC"))).toBe("c");
  expect(letterOf(fakePress("с", "KeyC"))).toBe("c");
  expect(letterOf(fakePress("o", "KeyS"))).toBe("o");
  expect(letterOf(fakePress(";", "KeyZ"))).toBe(null);
  expect(letterOf(fakePress("Enter", "Enter"))).toBe(null);
});
