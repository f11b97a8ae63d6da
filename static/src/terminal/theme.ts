import type { ITheme } from "@xterm/xterm";
import type { Theme } from "../common/preferences";

const DARK: ITheme = {
  background: "#0b0e12",
  foreground: "#dfe4ea",
  cursor: "#5fd6a9",
  cursorAccent: "#0b0e12",
  selectionBackground: "#2f4a6e",
  black: "#0b0e12",
  red: "#ff8f87",
  green: "#6fd99a",
  yellow: "#f0c05a",
  blue: "#85b8ff",
  magenta: "#d6a5ff",
  cyan: "#67d4e0",
  white: "#dfe4ea",
  brightBlack: "#8592a3",
  brightRed: "#ffb0aa",
  brightGreen: "#98ecb9",
  brightYellow: "#ffd98a",
  brightBlue: "#aed0ff",
  brightMagenta: "#e6c8ff",
  brightCyan: "#9ae8f0",
  brightWhite: "#ffffff",
};

const LIGHT: ITheme = {
  background: "#fbfcfd",
  foreground: "#1d2530",
  cursor: "#0b7a55",
  cursorAccent: "#fbfcfd",
  selectionBackground: "#bcd7fb",
  black: "#1d2530",
  red: "#b3261e",
  green: "#0b6e3f",
  yellow: "#8a4b00",
  blue: "#1457b8",
  magenta: "#8430ce",
  cyan: "#0d6a78",
  white: "#5c6878",
  brightBlack: "#5c6878",
  brightRed: "#c4362d",
  brightGreen: "#0f7d49",
  brightYellow: "#965400",
  brightBlue: "#1b63cc",
  brightMagenta: "#9340d6",
  brightCyan: "#107585",
  brightWhite: "#1d2530",
};

const CONTRAST: ITheme = {
  ...DARK,
  background: "#000000",
  black: "#000000",
  foreground: "#ffffff",
  cursor: "#ffff66",
  cursorAccent: "#000000",
  selectionBackground: "#0b4fa8",
  white: "#ffffff",
  brightBlack: "#c9d2dc",
};

/** xterm.js makes text lighter or darker until it has this contrast. */
export const MINIMUM_CONTRAST: Readonly<Record<Theme, number>> = {
  dark: 4.5,
  light: 4.5,
  contrast: 7,
};

/**
 * The ANSI colours. Each has the minimum contrast on the background, except black in dark themes: it
 * is the background itself, so that a full-screen program which paints everything black has no edge.
 */
export const TERMINAL_THEMES: Readonly<Record<Theme, ITheme>> = {
  dark: DARK,
  light: LIGHT,
  contrast: CONTRAST,
};

/** The names of the first 16 colours, in the order of their numbers. */
export const ANSI_COLOURS = [
  "black",
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
  "white",
  "brightBlack",
  "brightRed",
  "brightGreen",
  "brightYellow",
  "brightBlue",
  "brightMagenta",
  "brightCyan",
  "brightWhite",
] as const satisfies readonly (keyof ITheme)[];
