import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { CODE_COLOURS } from "../colours";
import type { EditorOptions } from "../editor";

export function colouring(options: EditorOptions): Extension {
  const colours = CODE_COLOURS[options.theme];
  const highlight = HighlightStyle.define([
    { tag: tags.comment, color: colours.comment, fontStyle: "italic" },
    { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: colours.keyword },
    { tag: [tags.string, tags.special(tags.string)], color: colours.string },
    { tag: tags.escape, color: colours.escape },
    { tag: [tags.number, tags.bool, tags.null], color: colours.number },
    { tag: [tags.typeName, tags.className, tags.function(tags.variableName)], color: colours.type },
    { tag: [tags.punctuation, tags.operator], color: colours.delimiter },
    // Of grammars that read line by line.
    { tag: tags.standard(tags.variableName), color: colours.type },
    { tag: tags.special(tags.variableName), color: colours.type },
    { tag: [tags.atom, tags.regexp], color: colours.number },
    { tag: [tags.meta, tags.attributeName], color: colours.escape },
  ]);
  const theme = EditorView.theme(
    {
      "&": {
        height: "100%",
        color: colours.text,
        backgroundColor: colours.background,
        fontSize: `${options.fontSize}px`,
      },
      "&.cm-focused": { outline: "none" },
      ".cm-scroller": {
        fontFamily: '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace',
        lineHeight: "1.57",
      },
      ".cm-content": { padding: "12px 0", caretColor: colours.cursor },
      ".cm-cursor": { borderLeftColor: colours.cursor, borderLeftWidth: "2px" },
      ".cm-gutters": {
        backgroundColor: colours.background,
        color: colours.lineNumber,
        border: "none",
      },
      // An arrow over each tab; a dot over each space of a file that has tabs.
      ".cm-highlightTab": {
        backgroundImage: `linear-gradient(${colours.lineNumber}, ${colours.lineNumber})`,
        backgroundSize: "calc(100% - 6px) 1px",
        backgroundPosition: "center",
        backgroundRepeat: "no-repeat",
      },
      ".cm-highlightSpace": { backgroundImage: "none" },
      '&[data-tabs="true"] .cm-highlightSpace': {
        backgroundImage: `radial-gradient(circle, ${colours.lineNumber} 1px, transparent 1.5px)`,
        backgroundPosition: "center",
      },
      ".cm-activeLine": { backgroundColor: colours.activeLine },
      "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
        backgroundColor: `${colours.selection} !important`,
      },
      "&.cm-focused .cm-matchingBracket": { backgroundColor: colours.bracket },
      ".cm-searchMatch, .cm-searchMatch-selected": { backgroundColor: colours.match },
      ".cm-searchMatch-selected": { outline: `2px solid ${colours.bracketBorder}` },
      ".cm-panels": { backgroundColor: colours.widget, color: colours.text },
      ".cm-panels-bottom": { borderTop: `1px solid ${colours.widgetBorder}` },
      ".cm-panel.cm-search": {
        display: "flex",
        flexWrap: "wrap",
        gap: "6px",
        alignItems: "center",
        padding: "8px 44px 8px 8px",
      },
      ".cm-panel.cm-search > *": { margin: "0" },
      // Three rows. Patterns, and several selections at once, are of little use on a touch screen.
      ".cm-panel.cm-search :is(br, button[name=select], label:has([name=re]))": { display: "none" },
      ".cm-panel.cm-search .cm-textfield": { flex: "1 1 100px", width: "0" },
      ".cm-panel.cm-search label": { flex: "1 0 45%", fontSize: "14px" },
      ".cm-panel.cm-search button[name=close]": {
        top: "4px",
        right: "4px",
        minWidth: "36px",
        minHeight: "36px",
        color: colours.text,
        fontSize: "22px",
      },
      ".cm-tooltip": {
        color: colours.text,
        backgroundColor: colours.widget,
        border: `1px solid ${colours.widgetBorder}`,
      },
      ".cm-tooltip-autocomplete ul li[aria-selected]": {
        color: colours.text,
        backgroundColor: colours.selection,
      },
      ".cm-tooltip-autocomplete ul li": { minHeight: "28px", lineHeight: "28px" },
      // As high as there is room for: what is in it scrolls.
      ".cm-tooltip.cm-completionInfo": { display: "flex", padding: "0", overflow: "hidden" },
      ".cm-completionDetail": { color: colours.comment, fontStyle: "normal" },
      "li[aria-selected] .cm-completionDetail": { color: colours.text },
      ".cm-foldPlaceholder": {
        color: colours.text,
        backgroundColor: colours.bracket,
        border: `1px solid ${colours.bracketBorder}`,
        padding: "0 6px",
      },
      ".cm-textfield, .cm-button": {
        minHeight: "36px",
        fontSize: "16px",
        color: colours.text,
        backgroundColor: colours.background,
        backgroundImage: "none",
        border: `1px solid ${colours.widgetBorder}`,
        borderRadius: "6px",
      },
    },
    { dark: colours.dark },
  );
  return [theme, syntaxHighlighting(highlight)];
}
