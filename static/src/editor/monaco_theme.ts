import type { editor } from "monaco-editor/editor.js";
import type { Theme } from "../common/preferences";
import { CODE_COLOURS, type CodeColours } from "./colours";

const TRANSPARENT = "#00000000";

export function monacoTheme(theme: Theme): editor.IStandaloneThemeData {
  const colours = CODE_COLOURS[theme];
  return {
    base: theme === "contrast" ? "hc-black" : colours.dark ? "vs-dark" : "vs",
    inherit: true,
    rules: tokenRules(colours),
    colors: {
      ...textColours(colours),
      ...markColours(colours),
      ...widgetColours(colours),
      ...listColours(colours),
      ...(theme === "contrast" ? contrastColours(colours) : {}),
    },
  };
}

function tokenRules(colours: CodeColours): editor.ITokenThemeRule[] {
  const rule = (token: string, colour: string, fontStyle = "") => ({
    token,
    foreground: colour.slice(1),
    fontStyle,
  });
  return [
    rule("", colours.text),
    rule("comment", colours.comment, "italic"),
    rule("keyword", colours.keyword),
    rule("string", colours.string),
    rule("string.escape", colours.escape),
    rule("number", colours.number),
    rule("tag", colours.escape),
    rule("type", colours.type),
    rule("delimiter", colours.delimiter),
    // Grammars have names of their own; the library's colours for them are too faint.
    rule("annotation", colours.type),
    rule("attribute.name", colours.type),
    rule("attribute.value", colours.string),
    rule("constant", colours.number),
    rule("invalid", colours.keyword),
    rule("metatag", colours.escape),
    rule("operator.sql", colours.delimiter),
    rule("predefined", colours.type),
    rule("predefined.sql", colours.type),
    rule("regexp", colours.string),
    rule("string.sql", colours.string),
    rule("variable", colours.text),
    rule("variable.predefined", colours.type),
  ];
}

function textColours(colours: CodeColours): editor.IColors {
  return {
    foreground: colours.text,
    descriptionForeground: colours.comment,
    "editor.background": colours.background,
    "editor.foreground": colours.text,
    "editorLineNumber.foreground": colours.lineNumber,
    "editorLineNumber.activeForeground": colours.activeLineNumber,
    "editor.lineHighlightBackground": colours.activeLine,
    "editor.lineHighlightBorder": TRANSPARENT,
    "editor.selectionBackground": colours.selection,
    "editorCursor.foreground": colours.cursor,
    "editorIndentGuide.background1": colours.guide,
    "editorIndentGuide.activeBackground1": colours.bracketBorder,
    // Of pairs inside of each other; the library's own are too faint on a light background.
    "editorBracketHighlight.foreground1": colours.type,
    "editorBracketHighlight.foreground2": colours.string,
    "editorBracketHighlight.foreground3": colours.number,
    "editorBracketHighlight.unexpectedBracket.foreground": colours.keyword,
    "editorBracketMatch.background": colours.bracket,
    "editorBracketMatch.border": colours.bracketBorder,
    "editorGutter.foldingControlForeground": colours.lineNumber,
    "scrollbarSlider.background": `${colours.bracketBorder}55`,
  };
}

/**
 * Behind text. The library's own are grey: code on them is too faint. Other places of the name at the
 * cursor are framed, as they may be in a line that is marked itself.
 */
function markColours(colours: CodeColours): editor.IColors {
  return {
    "editor.wordHighlightBackground": TRANSPARENT,
    "editor.wordHighlightBorder": colours.bracketBorder,
    "editor.wordHighlightStrongBackground": TRANSPARENT,
    "editor.wordHighlightStrongBorder": colours.bracketBorder,
    "editor.wordHighlightTextBackground": TRANSPARENT,
    "editor.wordHighlightTextBorder": colours.bracketBorder,
    "editor.selectionHighlightBackground": TRANSPARENT,
    "editor.selectionHighlightBorder": colours.bracketBorder,
    "editor.findMatchBackground": colours.match,
    "editor.findMatchBorder": colours.bracketBorder,
    "editor.findMatchHighlightBackground": colours.match,
    "editor.hoverHighlightBackground": colours.bracket,
    "editor.rangeHighlightBackground": colours.activeLine,
  };
}

/** Find, hover, tooltips. */
function widgetColours(colours: CodeColours): editor.IColors {
  return {
    "editorWidget.background": colours.widget,
    "editorWidget.border": colours.widgetBorder,
    "editorWidget.foreground": colours.text,
    "widget.border": colours.widgetBorder,
    "widget.shadow": colours.dark ? "#00000073" : "#141e2d2e",
    "editorHoverWidget.background": colours.widget,
    "editorHoverWidget.border": colours.widgetBorder,
    "editorHoverWidget.foreground": colours.text,
    "icon.foreground": colours.text,
    "input.background": colours.background,
    "input.border": colours.bracketBorder,
    "input.foreground": colours.text,
    "input.placeholderForeground": colours.comment,
    "inputOption.activeBackground": colours.bracket,
    "inputOption.activeBorder": colours.focus,
    "inputOption.activeForeground": colours.text,
    "inputValidation.errorBackground": colours.widget,
    "inputValidation.errorForeground": colours.text,
    focusBorder: colours.focus,
  };
}

/** The list of suggestions. */
function listColours(colours: CodeColours): editor.IColors {
  return {
    "editorSuggestWidget.background": colours.widget,
    "editorSuggestWidget.border": colours.widgetBorder,
    "editorSuggestWidget.foreground": colours.text,
    "editorSuggestWidget.highlightForeground": colours.type,
    "editorSuggestWidget.focusHighlightForeground": colours.type,
    "editorSuggestWidget.selectedBackground": colours.bracket,
    "editorSuggestWidget.selectedForeground": colours.text,
    "editorSuggestWidget.selectedIconForeground": colours.text,
    "list.hoverBackground": colours.activeLine,
    "list.hoverForeground": colours.text,
    "symbolIcon.functionForeground": colours.keyword,
    "symbolIcon.classForeground": colours.number,
    "symbolIcon.variableForeground": colours.type,
    "symbolIcon.keywordForeground": colours.text,
    "symbolIcon.textForeground": colours.text,
    "symbolIcon.moduleForeground": colours.string,
  };
}

/** Borders where other themes have a background. */
function contrastColours(colours: CodeColours): editor.IColors {
  return {
    contrastBorder: colours.widgetBorder,
    contrastActiveBorder: colours.focus,
    "editor.selectionForeground": colours.text,
  };
}
