import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/caretOperations/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/codeEditor/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/contextmenu/register.js";
import "monaco-editor/features/cursorUndo/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/folding/register.js";
import "monaco-editor/features/fontZoom/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/multicursor/register.js";
import "monaco-editor/features/smartSelect/register.js";
import "monaco-editor/features/suggest/register.js";
import "monaco-editor/features/toggleTabFocusMode/register.js";
import "monaco-editor/features/unusualLineTerminators/register.js";
import "monaco-editor/features/wordHighlighter/register.js";
import "monaco-editor/features/wordOperations/register.js";
import "monaco-editor/languages/definitions/python/register.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import { editor, Range } from "monaco-editor/editor.js";
import type { Editor, EditorPlace } from "./editor";
import { MONACO_THEME } from "./monaco_theme";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
editor.defineTheme("coderunner", MONACO_THEME);

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  theme: "coderunner",
  fontFamily: '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace',
  fontSize: 14,
  lineHeight: 22,
  automaticLayout: true,
  minimap: { enabled: false },
  padding: { top: 12, bottom: 12 },
  scrollBeyondLastLine: false,
  lineNumbersMinChars: 3,
  renderLineHighlightOnlyWhenFocus: true,
  overviewRulerLanes: 0,
  tabSize: 4,
  insertSpaces: true,
  detectIndentation: false,
  wordWrap: "on",
  unicodeHighlight: { ambiguousCharacters: false },
  fixedOverflowWidgets: true,
  // Suggestions only repeat words of the file: asked for with Ctrl+Space, never in the way of Enter.
  quickSuggestions: false,
  suggestOnTriggerCharacters: false,
  wordBasedSuggestions: "currentDocument",
};

export class MonacoEditor implements Editor {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #model: editor.ITextModel;

  constructor(place: EditorPlace) {
    this.#model = editor.createModel(place.text, place.language);
    // What a paste from Windows brings would otherwise reach the program as \r.
    this.#model.setEOL(editor.EndOfLineSequence.LF);
    const ariaLabel = place.label;
    this.#editor = editor.create(place.parent, { ...OPTIONS, model: this.#model, ariaLabel });
    const [start, end] = place.selection.map((offset) => this.#model.getPositionAt(offset));
    if (start && end) this.#editor.setSelection(Range.fromPositions(start, end));
    this.#model.onDidChangeContent(() => place.changed());
    void document.fonts.ready.then(() => editor.remeasureFonts());
  }

  getText(): string {
    return this.#model.getValue();
  }

  /** One edit, which Ctrl+Z takes back. */
  setText(text: string): void {
    this.#editor.executeEdits("setText", [{ range: this.#model.getFullModelRange(), text }]);
    this.#editor.setPosition({ lineNumber: 1, column: 1 });
  }

  setLanguage(language: string): void {
    editor.setModelLanguage(this.#model, language);
  }

  focus(): void {
    this.#editor.focus();
  }

  hasFocus(): boolean {
    return this.#editor.hasTextFocus();
  }

  getSelection(): [number, number] {
    const selection = this.#editor.getSelection();
    if (!selection) return [0, 0];
    return [
      this.#model.getOffsetAt(selection.getStartPosition()),
      this.#model.getOffsetAt(selection.getEndPosition()),
    ];
  }

  dispose(): void {
    this.#editor.dispose();
    this.#model.dispose();
  }
}
