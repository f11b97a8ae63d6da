import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Theme } from "../common/preferences";
import { CODE_COLOURS, type CodeColours } from "./colours";
import { monacoTheme } from "./monaco_theme";

const THEMES: readonly Theme[] = ["dark", "light", "contrast"];
const TEXTS = [
  "text",
  "comment",
  "keyword",
  "string",
  "escape",
  "number",
  "type",
  "delimiter",
] as const;
const TOKENS = readFileSync(new URL("../styles/tokens.css", import.meta.url), "utf8");
const CODE = readFileSync(new URL("../styles/code.css", import.meta.url), "utf8");
const LEAST = 4.5;
const LEAST_IN_CONTRAST = 7;

/** Red, green and blue, each 0 to 255, and what shows of them, 0 to 1. */
type Colour = readonly [number, number, number, number];

function colour(text: string): Colour {
  const short = /^#(.)(.)(.)$/.exec(text);
  const whole = short
    ? `#${short
        .slice(1)
        .map((one) => one + one)
        .join("")}`
    : text;
  const [red = 0, green = 0, blue = 0, alpha = 255] = (whole.slice(1).match(/../g) ?? []).map(
    (part) => Number.parseInt(part, 16),
  );
  return [red, green, blue, alpha / 255];
}

function over(upper: Colour, lower: Colour): Colour {
  const [, , , alpha] = upper;
  const mixed = [0, 1, 2].map((at) => (upper[at] ?? 0) * alpha + (lower[at] ?? 0) * (1 - alpha));
  return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0, 1];
}

/** WCAG 2. */
function luminance(parts: Colour): number {
  const [red = 0, green = 0, blue = 0] = parts.slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** A variable of the styles. */
function token(name: string, theme: Theme): Colour {
  const [, light = "", dark = ""] =
    new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(TOKENS) ?? [];
  const [, strong = ""] = new RegExp(`"contrast"\\] \\{[^}]*--${name}: (#\\w+)`).exec(TOKENS) ?? [];
  const found = { light, dark, contrast: strong }[theme];
  if (found === "") throw new Error(`no --${name} in tokens.css`);
  return colour(found);
}

function part(rule: string): number {
  const [, percent = ""] =
    new RegExp(`\\.${rule}(?:,[^{]*)? \\{\\s*background: color-mix\\(.* (\\d+)%`).exec(CODE) ?? [];
  return Number(percent) / 100;
}

/** What lines and their parts are drawn on, by what is marked so. */
function behindText(theme: Theme, colours: CodeColours): Map<string, Colour> {
  const [red, green, blue] = token("match", theme);
  const stands: Colour = [red, green, blue, part("execution-line")];
  const [dimRed, dimGreen, dimBlue] = token("dim", theme);
  const locked: Colour = [dimRed, dimGreen, dimBlue, part("locked-line")];
  const page = colour(colours.background);
  const lines = new Map<string, Colour>([
    ["any line", page],
    ["the line of the cursor", colour(colours.activeLine)],
    ["the line of an error", token("bad-soft", theme)],
    ["the line where a program stands", over(stands, page)],
    ["that with the cursor", over(stands, colour(colours.activeLine))],
    ["a line that stays as it is", over(locked, page)],
  ]);
  const marked = new Map(lines);
  const { colors } = monacoTheme(theme);
  for (const [name, below] of lines) {
    for (const [key, mark = ""] of Object.entries(colors)) {
      if (!/^editor\.(word|selection|find|hover|range)\w*Background$/.test(key)) continue;
      marked.set(`${key}, ${name}`, over(colour(mark), below));
    }
    marked.set(`a bracket, ${name}`, over(colour(colours.bracket), below));
  }
  return marked;
}

describe.each(THEMES)("code in the %s theme", (theme) => {
  const colours = CODE_COLOURS[theme];
  const behind = behindText(theme, colours);

  it.each(TEXTS)("%s is readable on whatever is marked", (name) => {
    const faint = [...behind]
      .map(([mark, below]) => [mark, contrast(colour(colours[name]), below)] as const)
      .filter(([, found]) => found < LEAST);
    expect(faint).toEqual([]);
  });

  it.each(TEXTS)("%s is readable", (name) => {
    const least = theme === "contrast" ? LEAST_IN_CONTRAST : LEAST;
    const found = contrast(colour(colours[name]), colour(colours.background));
    expect(found).toBeGreaterThanOrEqual(least);
  });

  it("the styles are found", () => {
    expect([part("execution-line"), part("locked-line")].every((one) => one > 0)).toBe(true);
    for (const name of ["match", "dim", "bad-soft"]) expect(token(name, theme)).toHaveLength(4);
  });

  it("none of the library's own marks is left behind text", () => {
    const { colors } = monacoTheme(theme);
    const names = ["wordHighlight", "wordHighlightStrong", "wordHighlightText", "findMatch"];
    for (const name of [...names, "findMatchHighlight", "selectionHighlight", "selection"]) {
      expect(colors).toHaveProperty([`editor.${name}Background`]);
    }
  });
});
