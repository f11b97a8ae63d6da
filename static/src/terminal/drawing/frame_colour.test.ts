import { expect, it } from "vitest";
import { TERMINAL_THEMES } from "../theme";
import { backgroundOf } from "./frame_colour";

type Kind = "default" | "palette" | "rgb";

function cell(background: Kind, colour: number, inverse = false) {
  return {
    getBgColor: () => colour,
    getFgColor: () => colour,
    isBgPalette: () => background === "palette",
    isBgRGB: () => background === "rgb",
    isFgPalette: () => background === "palette",
    isFgRGB: () => background === "rgb",
    isInverse: () => (inverse ? 1 : 0),
  };
}

it.each([
  ["the terminal's own", cell("default", 0), null],
  ["ANSI black", cell("palette", 0), TERMINAL_THEMES.light.black],
  ["bright white", cell("palette", 15), TERMINAL_THEMES.light.brightWhite],
  ["the cube's first", cell("palette", 16), "#000000"],
  ["the cube's last", cell("palette", 231), "#ffffff"],
  ["a colour of the cube", cell("palette", 16 + 36 * 1 + 6 * 2 + 3), "#5f87af"],
  ["the darkest grey", cell("palette", 232), "#080808"],
  ["the lightest grey", cell("palette", 255), "#eeeeee"],
  ["a true colour", cell("rgb", 0x0a0b0c), "#0a0b0c"],
  ["inverse", cell("default", 0, true), TERMINAL_THEMES.light.foreground],
  ["inverse of a true colour", cell("rgb", 0x0a0b0c, true), "#0a0b0c"],
])("knows the background of %s", (_, given, wanted) => {
  expect(backgroundOf(given, TERMINAL_THEMES.light)).toBe(wanted);
});
