import type { ITheme } from "@xterm/xterm";

/** The colours programs ask for, each readable on the background (4.5:1; black is meant to be dim). */
export const TERMINAL_THEME: ITheme = {
  background: "#0b0e12",
  foreground: "#dfe4ea",
  cursor: "#5fd6a9",
  cursorAccent: "#0b0e12",
  selectionBackground: "#2f4a6e",
  black: "#3b4451",
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
