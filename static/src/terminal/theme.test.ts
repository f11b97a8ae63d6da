import { describe, expect, it } from "vitest";
import { MINIMUM_CONTRAST, TERMINAL_THEMES } from "./theme";

const COLOURS = ["red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;
const BRIGHT = [
  "brightBlack",
  "brightRed",
  "brightGreen",
  "brightYellow",
  "brightBlue",
  "brightMagenta",
  "brightCyan",
  "brightWhite",
] as const;
const THEMES = ["dark", "light", "contrast"] as const;

/** WCAG 2: relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = "", other = ""): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

describe.each(THEMES)("in the %s theme", (name) => {
  const theme = TERMINAL_THEMES[name];

  it.each([...COLOURS, ...BRIGHT, "foreground", "cursor"] as const)("%s is readable", (colour) => {
    const found = contrast(theme[colour], theme.background);
    expect(found).toBeGreaterThanOrEqual(MINIMUM_CONTRAST[name]);
  });

  it("selected text is readable", () => {
    expect(contrast(theme.foreground, theme.selectionBackground)).toBeGreaterThanOrEqual(4.5);
  });
});

it("black fills a dark terminal without an edge, and is text on a light one", () => {
  for (const name of ["dark", "contrast"] as const) {
    const { black, background } = TERMINAL_THEMES[name];
    expect(black).toBe(background);
  }
  const { black, background } = TERMINAL_THEMES.light;
  expect(contrast(black, background)).toBeGreaterThanOrEqual(4.5);
});
