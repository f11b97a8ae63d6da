import type { editor } from "monaco-editor/editor.js";

/** The page's colours (styles/tokens.css); Monaco cannot read CSS variables. */
export const MONACO_THEME: editor.IStandaloneThemeData = {
  base: "vs-dark",
  inherit: true,
  rules: [
    { token: "", foreground: "dfe4ea" },
    { token: "comment", foreground: "8592a3", fontStyle: "italic" },
    { token: "keyword", foreground: "d6a5ff" },
    { token: "string", foreground: "8fdcae" },
    { token: "string.escape", foreground: "67d4e0" },
    { token: "number", foreground: "f0c05a" },
    { token: "tag", foreground: "67d4e0" },
    { token: "type", foreground: "85b8ff" },
    { token: "delimiter", foreground: "b8c2cf" },
  ],
  colors: {
    "editor.background": "#0f1216",
    "editor.foreground": "#dfe4ea",
    "editorLineNumber.foreground": "#6b7787",
    "editorLineNumber.activeForeground": "#c3ccd7",
    "editor.lineHighlightBackground": "#161b22",
    "editor.lineHighlightBorder": "#00000000",
    "editor.selectionBackground": "#2f4a6e",
    "editorCursor.foreground": "#5fd6a9",
    "editorIndentGuide.background1": "#232a33",
    "editorIndentGuide.activeBackground1": "#465262",
    "editorBracketMatch.background": "#26323f",
    "editorBracketMatch.border": "#5d6b7d",
    "editorWidget.background": "#1c222a",
    "editorWidget.border": "#29313c",
    "input.background": "#0f1216",
    "scrollbarSlider.background": "#5d6b7d55",
    focusBorder: "#9cc6ff",
  },
};
