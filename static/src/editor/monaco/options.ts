import type { editor } from "monaco-editor/editor.js";

export const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  fontFamily: '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace',
  automaticLayout: true,
  minimap: { enabled: false },
  padding: { top: 12, bottom: 12 },
  scrollBeyondLastLine: false,
  lineNumbersMinChars: 3,
  renderLineHighlightOnlyWhenFocus: true,
  renderFinalNewline: "on", // the number of the last line would be hardly legible
  overviewRulerLanes: 0,
  // indentation/ does both, line by line.
  detectIndentation: false,
  autoIndent: "keep",
  wordWrap: "on",
  unicodeHighlight: { ambiguousCharacters: false },
  fixedOverflowWidgets: true,
  contextmenu: false, // the page has one of its own
  // Suggestions appear on Ctrl+Space only, unless the user wants them while typing: Enter always means
  // a new line then.
  quickSuggestions: false,
  suggestOnTriggerCharacters: false,
  acceptSuggestionOnCommitCharacter: false,
  wordBasedSuggestions: "off", // language_help.ts suggests the words of all files
};
