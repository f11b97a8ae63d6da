// size: one class, one editor
import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/caretOperations/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/codeEditor/register.js";
import "monaco-editor/features/codicon/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/cursorUndo/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/folding/register.js";
import "monaco-editor/features/fontZoom/register.js";
import "monaco-editor/features/hover/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/multicursor/register.js";
import "monaco-editor/features/parameterHints/register.js";
import "monaco-editor/features/smartSelect/register.js";
// features/suggest/register.js has no list of suggestions, only inline ones.
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
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
import { editor, type IDisposable, Range } from "monaco-editor/editor.js";
import type { LineOf } from "../common/debug/breakpoints";
import type { FileLanguage } from "../common/languages/file_language";
import type { Theme } from "../common/preferences";
import type { Problem, ProblemOwner, TextEdit } from "../common/problems/problem";
import type { LineRange } from "../common/snippets/locked_lines";
import { CODE_COLOURS } from "./colours";
import type {
  BreakpointMark,
  Editor,
  EditorAction,
  EditorFile,
  EditorInit,
  EditorOptions,
  ErrorMark,
} from "./editor";
import { MonacoIndentation } from "./indentation/monaco_indentation";
import { DebugMarks } from "./monaco/debug_marks";
import { ErrorMarks } from "./monaco/error_marks";
import { registerLanguageHelp } from "./monaco/language_help";
import { firstLanguage, monacoLanguage } from "./monaco/languages";
import { LockedMarks } from "./monaco/locked_marks";
import { OPTIONS } from "./monaco/options";
import { applyEdits, ProblemMarks } from "./monaco/problem_marks";
import { bindMouse, MONACO_ACTIONS } from "./monaco_actions";
import { monacoTheme } from "./monaco_theme";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
for (const theme of Object.keys(CODE_COLOURS) as Theme[]) {
  editor.defineTheme(`coderunner-${theme}`, monacoTheme(theme));
}

interface OpenModel {
  readonly model: editor.ITextModel;
  language: FileLanguage;
  view: editor.ICodeEditorViewState | null;
}

/** The editor for devices with mouse and keyboard. */
export class MonacoEditor implements Editor {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #models = new Map<string, OpenModel>();
  readonly #changed: () => void;
  readonly #help: IDisposable | null;
  readonly #indentation: MonacoIndentation;
  readonly #marks: ErrorMarks;
  readonly #debugMarks: DebugMarks;
  readonly #locked: LockedMarks;
  readonly #problems = new ProblemMarks();
  #shown: string;

  constructor(init: EditorInit) {
    this.#changed = init.changed;
    this.#shown = init.file.key;
    const { model } = this.#opened(init.file);
    // Monaco gives its colours to elements of this class: tooltips lie beside the editor's element.
    init.parent.classList.add("monaco-component");
    this.#editor = editor.create(init.parent, { ...OPTIONS, model, ariaLabel: init.label });
    const language = () => this.#models.get(this.#shown)?.language ?? init.file.language;
    this.#indentation = new MonacoIndentation(this.#editor, init.parent, language);
    this.#marks = new ErrorMarks(this.#editor);
    this.#debugMarks = new DebugMarks(this.#editor, init);
    this.#locked = new LockedMarks(this.#editor, init.label);
    this.setOptions(init.options);
    const [start, end] = init.selection.map((offset) => model.getPositionAt(offset));
    if (start && end) this.#editor.setSelection(Range.fromPositions(start, end));
    bindMouse(this.#editor, init);
    this.#help = init.help && registerLanguageHelp(init.help);
    void document.fonts.ready.then(() => editor.remeasureFonts());
  }

  getText(): string {
    return this.#model.getValue();
  }

  setText(text: string): void {
    this.#editor.executeEdits("setText", [{ range: this.#model.getFullModelRange(), text }]);
    this.#editor.setPosition({ lineNumber: 1, column: 1 });
  }

  setLanguage(language: FileLanguage): void {
    const shown = this.#models.get(this.#shown);
    if (!shown) return;
    shown.language = language;
    void this.#colour(shown);
    this.#indentation.showStyle();
    this.#problems.show(shown);
  }

  mark(error: ErrorMark | null): void {
    this.#marks.show(error);
  }

  showBreakpoints(marks: readonly BreakpointMark[] | null): void {
    this.#debugMarks.showBreakpoints(marks);
  }

  breakpointLines(): readonly LineOf[] {
    return this.#debugMarks.lines;
  }

  showExecution(line: number | null): void {
    this.#debugMarks.showExecution(line);
  }

  showValues(on: boolean): void {
    this.#debugMarks.showValues(on);
  }

  showLocked(lines: readonly LineRange[], why: string, label: string): void {
    this.#locked.show(lines, why, label);
  }

  setProblems(owner: ProblemOwner, problems: readonly Problem[]): void {
    this.#problems.set(owner, problems, this.#models.values());
  }

  showProblem({ from, to }: Problem): void {
    this.select(from, to);
    this.#editor.trigger("problem", "editor.action.showHover", { focus: "noAutoFocus" });
  }

  edit(edits: readonly TextEdit[]): void {
    applyEdits(this.#editor, edits);
  }

  show(file: EditorFile): void {
    const left = this.#models.get(this.#shown);
    if (left) left.view = this.#editor.saveViewState();
    const opened = this.#opened(file);
    const { model, view } = opened;
    this.#shown = file.key;
    opened.language = file.language;
    void this.#colour(opened);
    this.#editor.setModel(model);
    this.#problems.show(opened);
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
    this.#indentation.prefer(options.tabSize);
    this.#editor.updateOptions({
      fontSize: options.fontSize,
      // How a name is defined is shown in 85 % of this, which shall be 12 px at least.
      suggestFontSize: Math.max(options.fontSize, 15),
      lineHeight: Math.round(options.fontSize * 1.57),
      quickSuggestions: { other: options.suggestWhileTyping, comments: false, strings: false },
      acceptSuggestionOnEnter: options.suggestWhileTyping ? "off" : "on",
      suggestOnTriggerCharacters: options.suggestWhileTyping,
      parameterHints: { enabled: options.suggestWhileTyping },
      accessibilitySupport: options.screenReader ? "on" : "auto",
    });
    editor.setTheme(`coderunner-${options.theme}`);
  }

  can(): boolean {
    return true;
  }

  run(action: EditorAction): void {
    this.focus();
    // A dialog has taken the page's selection, and browsers cut and copy where that is.
    document.getSelection()?.setPosition(document.activeElement);
    if (action === "indent") this.#indentation.indent();
    else if (action === "outdent") this.#indentation.outdent();
    else this.#editor.trigger("menu", MONACO_ACTIONS[action], null);
  }

  paste(text: string): void {
    const fitting = this.#indentation.pasted(text);
    const pasted = { text: fitting, pasteOnNewLine: false, multicursorText: null };
    this.#editor.trigger("menu", "paste", pasted);
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
    };
    const command = commands[key];
    if (key === "Tab") this.#indentation.tab();
    else if (command) this.#editor.trigger("keys", command, null);
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

  linesInView(): [number, number] {
    const ranges = this.#editor.getVisibleRanges();
    return [ranges[0]?.startLineNumber ?? 1, ranges.at(-1)?.endLineNumber ?? 1];
  }

  select(from: number, to: number): void {
    const range = Range.fromPositions(
      this.#model.getPositionAt(from),
      this.#model.getPositionAt(to),
    );
    this.#editor.setSelection(range);
    this.#editor.revealRangeInCenterIfOutsideViewport(range);
  }

  dispose(): void {
    this.#help?.dispose();
    this.#debugMarks.dispose();
    this.#editor.dispose();
    this.forget();
  }

  get #model(): editor.ITextModel {
    const shown = this.#models.get(this.#shown);
    if (!shown) throw new Error("no file is shown");
    return shown.model;
  }

  #opened(file: EditorFile): OpenModel {
    const known = this.#models.get(file.key);
    if (known) return known;
    const model = editor.createModel(file.text, firstLanguage(file.language));
    // Text pasted from Windows would otherwise send \r to the program.
    model.setEOL(editor.EndOfLineSequence.LF);
    model.onDidChangeContent(() => this.#changed());
    const opened: OpenModel = { model, language: file.language, view: null };
    this.#models.set(file.key, opened);
    void this.#colour(opened);
    return opened;
  }

  /** Without a connection, a file whose grammar is not loaded stays as it is. */
  async #colour(opened: OpenModel): Promise<void> {
    const { model, language } = opened;
    const id = await monacoLanguage(language).catch(() => firstLanguage(language));
    if (model.isDisposed() || opened.language !== language) return;
    editor.setModelLanguage(model, id);
  }
}
