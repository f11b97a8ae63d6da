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
import "monaco-editor/languages/definitions/cpp/register.js";
import "monaco-editor/languages/definitions/java/register.js";
import "monaco-editor/languages/definitions/javascript/register.js";
import "monaco-editor/languages/definitions/markdown/register.js";
import "monaco-editor/languages/definitions/python/register.js";
import "monaco-editor/languages/definitions/typescript/register.js";
// Loaded with the editor: later the connection may be lost.
import "monaco-editor/languages/definitions/python/python.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import { editor, Range } from "monaco-editor/editor.js";
import type { Theme } from "../common/preferences";
import { CODE_COLOURS } from "./colours";
import type { Editor, EditorFile, EditorInit, EditorOptions } from "./editor";
import { monacoTheme } from "./monaco_theme";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
for (const theme of Object.keys(CODE_COLOURS) as Theme[]) {
  editor.defineTheme(`coderunner-${theme}`, monacoTheme(CODE_COLOURS[theme]));
}

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  fontFamily: '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace',
  automaticLayout: true,
  minimap: { enabled: false },
  padding: { top: 12, bottom: 12 },
  scrollBeyondLastLine: false,
  lineNumbersMinChars: 3,
  renderLineHighlightOnlyWhenFocus: true,
  overviewRulerLanes: 0,
  detectIndentation: false,
  wordWrap: "on",
  unicodeHighlight: { ambiguousCharacters: false },
  fixedOverflowWidgets: true,
  // Suggestions are only words of the file: shown on Ctrl+Space, so that Enter always means a new line.
  quickSuggestions: false,
  suggestOnTriggerCharacters: false,
  wordBasedSuggestions: "currentDocument",
};

interface OpenModel {
  readonly model: editor.ITextModel;
  view: editor.ICodeEditorViewState | null;
}

/** The editor for devices with mouse and keyboard. */
export class MonacoEditor implements Editor {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #models = new Map<string, OpenModel>();
  readonly #changed: () => void;
  #shown: string;
  #tabSize = 4;

  constructor(init: EditorInit) {
    this.#changed = init.changed;
    this.#shown = init.file.key;
    const { model } = this.#opened(init.file);
    this.#editor = editor.create(init.parent, { ...OPTIONS, model, ariaLabel: init.label });
    this.setOptions(init.options);
    const [start, end] = init.selection.map((offset) => model.getPositionAt(offset));
    if (start && end) this.#editor.setSelection(Range.fromPositions(start, end));
    void document.fonts.ready.then(() => editor.remeasureFonts());
  }

  getText(): string {
    return this.#model.getValue();
  }

  setText(text: string): void {
    this.#editor.executeEdits("setText", [{ range: this.#model.getFullModelRange(), text }]);
    this.#editor.setPosition({ lineNumber: 1, column: 1 });
  }

  setLanguage(language: string): void {
    editor.setModelLanguage(this.#model, language);
  }

  show(file: EditorFile): void {
    const left = this.#models.get(this.#shown);
    if (left) left.view = this.#editor.saveViewState();
    const { model, view } = this.#opened(file);
    this.#shown = file.key;
    editor.setModelLanguage(model, file.language);
    this.#editor.setModel(model);
    if (view) this.#editor.restoreViewState(view);
    else this.#editor.setPosition({ lineNumber: 1, column: 1 });
  }

  forget(key?: string): void {
    for (const name of key === undefined ? [...this.#models.keys()] : [key]) {
      this.#models.get(name)?.model.dispose();
      this.#models.delete(name);
    }
  }

  setOptions(options: EditorOptions): void {
    this.#tabSize = options.tabSize;
    for (const { model } of this.#models.values()) model.updateOptions(this.#indent);
    this.#editor.updateOptions({
      fontSize: options.fontSize,
      lineHeight: Math.round(options.fontSize * 1.57),
      accessibilitySupport: options.screenReader ? "on" : "auto",
    });
    editor.setTheme(`coderunner-${options.theme}`);
  }

  find(): void {
    this.focus();
    void this.#editor.getAction("editor.action.startFindReplaceAction")?.run();
  }

  insert(text: string): void {
    this.#editor.trigger("keys", "type", { text });
  }

  press(key: string): void {
    const commands: Record<string, string> = {
      ArrowLeft: "cursorLeft",
      ArrowRight: "cursorRight",
      ArrowUp: "cursorUp",
      ArrowDown: "cursorDown",
      Tab: "tab",
    };
    const command = commands[key];
    if (command) this.#editor.trigger("keys", command, null);
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
    this.forget();
  }

  get #model(): editor.ITextModel {
    const shown = this.#models.get(this.#shown);
    if (!shown) throw new Error("no file is shown");
    return shown.model;
  }

  get #indent(): editor.ITextModelUpdateOptions {
    return { tabSize: this.#tabSize, indentSize: this.#tabSize, insertSpaces: true };
  }

  #opened(file: EditorFile): OpenModel {
    const known = this.#models.get(file.key);
    if (known) return known;
    const model = editor.createModel(file.text, file.language);
    // Text pasted from Windows would otherwise send \r to the program.
    model.setEOL(editor.EndOfLineSequence.LF);
    model.updateOptions(this.#indent);
    model.onDidChangeContent(() => this.#changed());
    const opened = { model, view: null };
    this.#models.set(file.key, opened);
    return opened;
  }
}
