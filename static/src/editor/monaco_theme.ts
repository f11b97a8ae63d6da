import type { editor } from "monaco-editor/editor.js";
import type { CodeColours } from "./colours";

export function monacoTheme(colours: CodeColours): editor.IStandaloneThemeData {
  const rule = (token: string, colour: string, fontStyle = "") => ({
    token,
    foreground: colour.slice(1),
    fontStyle,
  });
  return {
    base: colours.dark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("", colours.text),
      rule("comment", colours.comment, "italic"),
      rule("keyword", colours.keyword),
      rule("string", colours.string),
      rule("string.escape", colours.escape),
      rule("number", colours.number),
      rule("tag", colours.escape),
      rule("type", colours.type),
      rule("delimiter", colours.delimiter),
    ],
    colors: {
      "editor.background": colours.background,
      "editor.foreground": colours.text,
      "editorLineNumber.foreground": colours.lineNumber,
      "editorLineNumber.activeForeground": colours.activeLineNumber,
      "editor.lineHighlightBackground": colours.activeLine,
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": colours.selection,
      "editorCursor.foreground": colours.cursor,
      "editorIndentGuide.background1": colours.guide,
      "editorIndentGuide.activeBackground1": colours.bracketBorder,
      "editorBracketMatch.background": colours.bracket,
      "editorBracketMatch.border": colours.bracketBorder,
      "editorWidget.background": colours.widget,
      "editorWidget.border": colours.widgetBorder,
      "editorWidget.foreground": colours.text,
      "input.background": colours.background,
      "input.foreground": colours.text,
      "scrollbarSlider.background": `${colours.bracketBorder}55`,
      focusBorder: colours.focus,
    },
  };
}
