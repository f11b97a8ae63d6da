// size: one class, the editor of the page
import { Emitter } from "../common/base/emitter";
import { type Breakpoint, BreakpointStore } from "../common/debug/breakpoints";
import { t } from "../common/i18n/translate";
import type { CodePlace } from "../common/intelligence/answers";
import { PlaceHistory } from "../common/intelligence/place_history";
import { type FileLanguage, fileLanguage } from "../common/languages/file_language";
import type { Problem, ProblemOwner, TextEdit } from "../common/problems/problem";
import { ProblemStore } from "../common/problems/problem_store";
import type {
  BreakpointMark,
  Editor,
  EditorAction,
  EditorFile,
  EditorInit,
  EditorOptions,
  ErrorMark,
  Point,
  Project,
} from "./editor";
import type { CodeHelp } from "./intelligence/code_help";
import { LockedText } from "./locked_text";
import { PlainEditor } from "./plain_editor";
import { TypingPause } from "./typing_pause";

const CLOCK = {
  now: () => performance.now(),
  sleep: (milliseconds: number) =>
    new Promise<void>((resolve) => window.setTimeout(resolve, milliseconds)),
  idle: () =>
    new Promise<void>((resolve) => {
      // Safari has no idle callbacks.
      if (typeof requestIdleCallback !== "function") window.setTimeout(resolve);
      else requestIdleCallback(() => resolve(), { timeout: IDLE_MS });
    }),
};
/** The longest wait for an idle moment: a program may keep the page busy. */
const IDLE_MS = 200;

/** A file to be shown; the editor keeps its state by `key`. */
export interface ShownFile {
  readonly key: string;
  readonly path: string;
  readonly text: string;
}

/** An error in a file. */
export interface FileError extends ErrorMark {
  readonly path: string;
}

/** The code editor of the page: a plain text field until the real editor is loaded. */
export class EditorHost {
  readonly locked = new LockedText(() => this.#editor);
  readonly #didChange = new Emitter();
  /** The text of the file that is shown was edited. */
  readonly onDidChange = this.#didChange.event;
  readonly #didAskForMenu = new Emitter<Point>();
  readonly onDidAskForMenu = this.#didAskForMenu.event;
  readonly #didFindPlace = new Emitter<CodePlace>();
  /** A place, possibly in another file, shall be shown. */
  readonly onDidFindPlace = this.#didFindPlace.event;
  readonly #didFindNothing = new Emitter();
  /** No open file defines the name that the user asked about. */
  readonly onDidFindNothing = this.#didFindNothing.event;
  readonly #didAskForFix = new Emitter<Problem>();
  readonly onDidAskForFix = this.#didAskForFix.event;
  /** What is known of all files; read only: `setProblems` changes it. */
  readonly problems = new ProblemStore();
  #editor: Editor;
  /** Of all files; their signs follow it, and it follows the text of the shown file. */
  readonly breakpoints = new BreakpointStore();
  readonly #didAskForBreakpoint = new Emitter<number>();
  /** The user sets or removes one, in a line of the shown file. */
  readonly onDidAskForBreakpoint = this.#didAskForBreakpoint.event;
  #breakable = false;
  #replacing = false;
  #describe: (one: Breakpoint) => string = () => "";
  #execution: { readonly path: string; readonly line: number } | null = null;
  #valueOf: ((expression: string) => Promise<string | null>) | null = null;
  readonly #didClearError = new Emitter();
  /** The file of the error was edited. */
  readonly onDidClearError = this.#didClearError.event;
  readonly #languageOf: (path: string) => FileLanguage;
  #file: EditorFile = { key: "", text: "", language: fileLanguage("", []) };
  #error: FileError | null = null;
  #options: EditorOptions;
  #showing = false;
  #help: CodeHelp | null = null;
  readonly #left = new PlaceHistory();
  #project: () => Project = () => ({ files: [], shown: "" });
  readonly #parent: HTMLElement;

  constructor(
    parent: HTMLElement,
    options: EditorOptions,
    languageOf: (path: string) => FileLanguage,
  ) {
    this.#parent = parent;
    this.#options = options;
    this.#languageOf = languageOf;
    this.#editor = new PlainEditor(this.#init([0, 0]));
    this.breakpoints.onDidChange(() => this.#showBreakpoints());
  }

  /** Lets suggestions and definitions use all open files. */
  useProject(project: () => Project): void {
    this.#project = project;
  }

  project(): Project {
    return this.#project();
  }

  /**
   * Replaces the plain editor, in steps of which none comes while the user types. Text, selection and
   * focus are kept.
   */
  async upgrade(touch: boolean, help: CodeHelp): Promise<void> {
    this.#help = help;
    const pause = new TypingPause(CLOCK);
    const pressed = () => pause.keyPressed();
    this.#parent.addEventListener("keydown", pressed);
    try {
      const LoadedEditor = await loadEditor(touch, () => pause.wait());
      await pause.wait();
      this.#replace(LoadedEditor);
    } finally {
      this.#parent.removeEventListener("keydown", pressed);
    }
  }

  #replace(LoadedEditor: new (init: EditorInit) => Editor): void {
    const plain = this.#editor;
    const focused = plain.hasFocus();
    this.#file = { ...this.#file, text: plain.getText() };
    const init = this.#init(plain.getSelection());
    plain.dispose();
    this.#editor = new LoadedEditor(init);
    this.#showError();
    this.#showDebugging();
    void this.locked.show();
    for (const owner of this.problems.owners()) {
      this.#editor.setProblems(owner, this.problems.of(owner));
    }
    if (focused) this.#editor.focus();
  }

  getText(): string {
    return this.#editor.getText();
  }

  setText(text: string): void {
    const before = this.getText();
    // Breakpoints stay in their lines when the whole text is another one.
    this.#replacing = true;
    this.#editor.setText(text);
    this.#replacing = false;
    this.#showBreakpoints();
    // A text field has no event for changes made by a script.
    if (before !== text) this.#notifyChange();
  }

  /** The shown file has another name, or the snippet another language. */
  setPath(path: string): void {
    const before = this.#file.language.path;
    if (before && before !== path) this.breakpoints.rename(before, path);
    this.#file = { ...this.#file, language: this.#languageOf(path) };
    this.#editor.setLanguage(this.#file.language);
    this.locked.begin(path, this.getText());
    this.#showError();
    this.#showDebugging();
  }

  show({ key, path, text }: ShownFile): void {
    this.#file = { key, text, language: this.#languageOf(path) };
    this.#showing = true;
    this.#editor.show(this.#file);
    this.#showing = false;
    this.locked.begin(path, text);
    this.#showError();
    this.#showDebugging();
  }

  // --- Debugging -------------------------------------------------------------------------------
  /** Whether the snippet's Python files can have breakpoints; `describe`: what one does. */
  setBreakable(breakable: boolean, describe: (one: Breakpoint) => string): void {
    this.#describe = describe;
    if (breakable === this.#breakable) return;
    this.#breakable = breakable;
    this.#showBreakpoints();
  }

  /** Marks the line where the program stands. */
  markExecution(place: { readonly path: string; readonly line: number } | null): void {
    this.#execution = place;
    this.#showExecution();
  }

  /** Lets the pointer show values; null: there are none. */
  useValues(values: ((expression: string) => Promise<string | null>) | null): void {
    this.#valueOf = values;
    this.#editor.showValues(values !== null);
  }

  /** Of the cursor, from 1. */
  get cursorLine(): number {
    return this.getText().slice(0, this.selection[1]).split("\n").length;
  }

  get path(): string {
    return this.#file.language.path;
  }

  #showDebugging(): void {
    this.#showBreakpoints();
    this.#showExecution();
    this.#editor.showValues(this.#valueOf !== null);
  }

  #showBreakpoints(): void {
    const { path } = this.#file.language;
    if (!this.#breakable || !path.endsWith(".py")) {
      this.#editor.showBreakpoints(null);
      return;
    }
    const marks = this.breakpoints.of(path).map((one): BreakpointMark => {
      const kind = one.log ? "log" : one.condition || one.hits ? "condition" : "plain";
      return { id: one.id, line: one.line, kind, label: this.#describe(one) };
    });
    this.#editor.showBreakpoints(marks);
  }

  #showExecution(): void {
    const here = this.#execution?.path === this.#file.language.path ? this.#execution : null;
    this.#editor.showExecution(here?.line ?? null);
  }

  /** Marks the line of an error, until its file is edited. */
  markError(error: FileError | null): void {
    this.#error = error;
    this.#showError();
  }

  #showError(): void {
    const here = this.#error?.path === this.#file.language.path;
    this.#editor.mark(here ? this.#error : null);
  }

  /** Replaces the problems of one owner, in all files; those of other owners stay. */
  setProblems(owner: ProblemOwner, problems: readonly Problem[]): void {
    if (problems.length === 0 && this.problems.of(owner).length === 0) return;
    this.problems.set(owner, problems);
    this.#editor.setProblems(owner, problems);
  }

  /** Selects a problem of the shown file, and shows what it says. */
  showProblem(problem: Problem): void {
    this.#editor.focus();
    this.#editor.showProblem(problem);
  }

  /** Changes the shown file, as one edit that can be undone; the cursor stays at its text. */
  edit(edits: readonly TextEdit[]): void {
    this.#editor.edit(edits);
  }

  forget(key?: string): void {
    this.#editor.forget(key);
    // Another snippet may have files of the same names.
    if (key === undefined) for (const owner of this.problems.owners()) this.setProblems(owner, []);
  }

  setOptions(options: EditorOptions): void {
    this.#options = options;
    this.#editor.setOptions(options);
  }

  can(action: EditorAction): boolean {
    return this.#editor.can(action);
  }

  run(action: EditorAction): void {
    this.#editor.run(action);
  }

  paste(text: string): void {
    this.#editor.paste(text);
  }

  /** Character offsets of the ends, in the shown file. */
  get selection(): [number, number] {
    return this.#editor.getSelection();
  }

  /** The first and the last one, from 1. */
  get linesInView(): [number, number] {
    return this.#editor.linesInView();
  }

  getSelectedText(): string {
    return this.getText().slice(...this.#editor.getSelection());
  }

  select(from: number, to: number): void {
    this.#editor.select(from, to);
    this.#editor.focus();
  }

  /** Shows where the name at an offset, or beside the cursor, is defined. */
  async showDefinition(offset = this.#editor.getSelection()[0]): Promise<void> {
    const [found] = (await this.#help?.definition(offset)) ?? [];
    if (found) this.goTo(found);
    else this.#didFindNothing.fire();
  }

  /** Shows a place, possibly in another file; `goBack` returns from it. */
  goTo(place: CodePlace): void {
    const [from, to] = this.#editor.getSelection();
    this.#left.add({ path: this.#file.language.path, from, to });
    this.#didFindPlace.fire(place);
  }

  /** False: nobody has gone anywhere. */
  goBack(): boolean {
    const place = this.#left.takeLast(this.#project().files.map(({ path }) => path));
    if (place) this.#didFindPlace.fire(place);
    return place !== null;
  }

  /** The offset of the cursor, or of the selection's beginning. */
  get offset(): number {
    return this.#editor.getSelection()[0];
  }

  insert(text: string): void {
    this.#editor.insert(text);
  }

  press(key: string, ctrl: boolean): void {
    this.#editor.press(key, ctrl);
  }

  focus(): void {
    this.#editor.focus();
  }

  hasFocus(): boolean {
    return this.#editor.hasFocus();
  }

  #init(selection: [number, number]): EditorInit {
    return {
      parent: this.#parent,
      file: this.#file,
      selection,
      options: this.#options,
      label: t("editor.label"),
      changed: () => this.#notifyChange(),
      project: () => this.#project(),
      help: this.#help,
      askedForMenu: (at) => this.#didAskForMenu.fire(at),
      askedForFix: (problem) => this.#didAskForFix.fire(problem),
      askedForBreakpoint: (line) => this.#didAskForBreakpoint.fire(line),
      valueOf: async (expression) => (await this.#valueOf?.(expression)) ?? null,
      askedForDefinition: (offset) => void this.showDefinition(offset),
    };
  }

  /** Editors also report a change when another file is shown; that is not an edit. */
  #notifyChange(): void {
    if (this.#showing) return;
    if (!this.locked.allows(this.#editor.getText())) return;
    const moved = this.#replacing ? null : this.#editor.breakpointLines();
    if (moved) this.breakpoints.move(this.#file.language.path, moved);
    if (this.#error?.path === this.#file.language.path) {
      this.markError(null);
      this.#didClearError.fire();
    }
    this.#didChange.fire();
  }
}

async function loadEditor(
  touch: boolean,
  pause: () => Promise<void>,
): Promise<new (init: EditorInit) => Editor> {
  if (touch) return (await import("./codemirror_editor")).CodeMirrorEditor;
  return (await import("./monaco_loader")).loadMonaco(pause);
}
