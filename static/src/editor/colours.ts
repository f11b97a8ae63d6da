import type { Theme } from "../common/preferences";

/**
 * The page's colours (styles/tokens.css) for the editors, which cannot read CSS variables.
 * Text has 4.5:1 on the background, 7:1 in high contrast; also where something is marked behind it.
 */
export interface CodeColours {
  readonly dark: boolean;
  readonly background: string;
  readonly text: string;
  readonly comment: string;
  readonly keyword: string;
  readonly string: string;
  readonly escape: string;
  readonly number: string;
  readonly type: string;
  readonly delimiter: string;
  readonly lineNumber: string;
  readonly activeLineNumber: string;
  readonly activeLine: string;
  readonly selection: string;
  /** Behind what a search has found. */
  readonly match: string;
  readonly cursor: string;
  readonly guide: string;
  readonly bracket: string;
  readonly bracketBorder: string;
  readonly widget: string;
  readonly widgetBorder: string;
  readonly focus: string;
}

export const CODE_COLOURS: Readonly<Record<Theme, CodeColours>> = {
  dark: {
    dark: true,
    background: "#0f1216",
    text: "#dfe4ea",
    comment: "#97a4b5",
    keyword: "#d6a5ff",
    string: "#8fdcae",
    escape: "#67d4e0",
    number: "#f0c05a",
    type: "#85b8ff",
    delimiter: "#b8c2cf",
    lineNumber: "#7c8898",
    activeLineNumber: "#c3ccd7",
    activeLine: "#161b22",
    selection: "#22395a",
    match: "#413510",
    cursor: "#5fd6a9",
    guide: "#232a33",
    bracket: "#26323f",
    bracketBorder: "#5d6b7d",
    widget: "#1c222a",
    widgetBorder: "#39434f",
    focus: "#9cc6ff",
  },
  light: {
    dark: false,
    background: "#ffffff",
    text: "#1d2530",
    comment: "#586474",
    keyword: "#8430ce",
    string: "#0b6e3f",
    escape: "#0d6a78",
    number: "#8a4b00",
    type: "#1457b8",
    delimiter: "#414c5b",
    lineNumber: "#6b7685",
    activeLineNumber: "#1d2530",
    activeLine: "#f4f6f9",
    selection: "#cfe2fd",
    match: "#ffe7a3",
    cursor: "#0b7a55",
    guide: "#e4e8ee",
    bracket: "#dde9f7",
    bracketBorder: "#7c8ba0",
    widget: "#ffffff",
    widgetBorder: "#c3cad4",
    focus: "#1b6ae0",
  },
  contrast: {
    dark: true,
    background: "#000000",
    text: "#ffffff",
    comment: "#b4d9ff",
    keyword: "#ffb3ff",
    string: "#a6ffc7",
    escape: "#7ff5ff",
    number: "#ffdf80",
    type: "#bcd7ff",
    delimiter: "#ffffff",
    lineNumber: "#d6dce4",
    activeLineNumber: "#ffffff",
    activeLine: "#101820",
    selection: "#0b4fa8",
    match: "#4a3a00",
    cursor: "#ffff66",
    guide: "#6a7686",
    bracket: "#00305f",
    bracketBorder: "#ffff66",
    widget: "#000000",
    widgetBorder: "#ffffff",
    focus: "#ffff66",
  },
};
