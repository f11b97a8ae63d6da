// size: one class, one editor
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, codeFolding, foldKeymap } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  runScopeHandlers,
} from "@codemirror/view";
import type { LineOf } from "../common/debug/breakpoints";
import { type FileLanguage, isPython } from "../common/languages/file_language";
import type { Problem, ProblemOwner, TextEdit } from "../common/problems/problem";
import type { LineRange } from "../common/snippets/locked_lines";
import { CODEMIRROR_ACTIONS, phrases } from "./codemirror/actions";
import { content } from "./codemirror/content";
import {
  breakpointLines,
  debugMarks,
  showBreakpoints,
  showExecution,
} from "./codemirror/debug_marks";
import { languageHelp, suggestions } from "./codemirror/language_help";
import { lockedMarks, showLocked } from "./codemirror/locked_marks";
import { errorMarks, setErrorMark } from "./codemirror/marks";
import { applyEdits, problemMarks, showProblem, showProblems } from "./codemirror/problems";
import { colouring } from "./codemirror/theme";
import type {
  BreakpointMark,
  Editor,
  EditorAction,
  EditorFile,
  EditorInit,
  EditorOptions,
  ErrorMark,
} from "./editor";
import {
  fitting,
  hasTabs,
  indentsAs,
  keepsIndentation,
  preferredSize,
} from "./indentation/codemirror_indentation";

interface OpenState {
  state: EditorState;
  scrollTop: number;
}

/** The editor for touch screens: it works with the browser's own keyboard, selection and menu. */
export class CodeMirrorEditor implements Editor {
  readonly #view: EditorView;
  readonly #states = new Map<string, OpenState>();
  readonly #language = new Compartment();
  readonly #look = new Compartment();
  readonly #problems = new Map<ProblemOwner, readonly Problem[]>();
  readonly #init: EditorInit;
  #options: EditorOptions;
  #shown: string;
  #wanted: FileLanguage;

  constructor(init: EditorInit) {
    this.#wanted = init.file.language;
    this.#init = init;
    this.#options = init.options;
    this.#shown = init.file.key;
    const [anchor, head] = init.selection;
    const state = this.#state(init.file).update({ selection: { anchor, head } }).state;
    this.#view = new EditorView({ state, parent: init.parent });
    this.setLanguage(init.file.language);
    this.#markTabs();
  }

  getText(): string {
    return this.#view.state.doc.toString();
  }

  setText(text: string): void {
    const changes = { from: 0, to: this.#view.state.doc.length, insert: text };
    this.#view.dispatch({ changes, selection: { anchor: 0 }, scrollIntoView: true });
  }

  setLanguage(language: FileLanguage): void {
    this.#wanted = language;
    const first = [indentsAs(language), isPython(language) ? pythonLanguage : []];
    this.#view.dispatch({ effects: this.#language.reconfigure(first) });
    if (!isPython(language)) void this.#colour(language);
  }

  /** Without a connection, a file whose grammar is not loaded stays as it is. */
  async #colour(language: FileLanguage): Promise<void> {
    const grammar = await codemirrorGrammar(language).catch(() => null);
    if (!grammar || this.#wanted !== language) return;
    const extension = [indentsAs(language), grammar];
    this.#view.dispatch({ effects: this.#language.reconfigure(extension) });
  }

  mark(error: ErrorMark | null): void {
    this.#view.dispatch({ effects: setErrorMark.of(error) });
  }

  showBreakpoints(marks: readonly BreakpointMark[] | null): void {
    showBreakpoints(this.#view, marks, this.#init);
  }

  breakpointLines(): readonly LineOf[] {
    return breakpointLines(this.#view);
  }

  showExecution(line: number | null): void {
    showExecution(this.#view, line);
  }

  /** They are asked for whenever the pointer rests. */
  showValues(): void {}

  showLocked(lines: readonly LineRange[], why: string, label: string): void {
    showLocked(this.#view, lines, why, label);
  }

  setProblems(owner: ProblemOwner, problems: readonly Problem[]): void {
    this.#problems.set(owner, problems);
    this.#showProblems(owner);
  }

  /** Of one owner, or of all, in the shown file. */
  #showProblems(...owners: ProblemOwner[]): void {
    for (const owner of owners) {
      const all = this.#problems.get(owner) ?? [];
      const here = all.filter(({ file }) => file === this.#wanted.path);
      showProblems(this.#view, owner, here, this.#init.askedForFix);
    }
  }

  showProblem(problem: Problem): void {
    showProblem(this.#view, problem);
  }

  edit(edits: readonly TextEdit[]): void {
    applyEdits(this.#view, edits);
  }

  show(file: EditorFile): void {
    const { state, scrollDOM } = this.#view;
    const left = { state, scrollTop: scrollDOM.scrollTop };
    if (this.#shown !== "") this.#states.set(this.#shown, left);
    const known = this.#states.get(file.key);
    this.#shown = file.key;
    this.#view.setState(known?.state ?? this.#state(file));
    this.setLanguage(file.language);
    this.#view.dispatch({ effects: this.#look.reconfigure(this.#looks()) });
    scrollDOM.scrollTop = known?.scrollTop ?? 0;
    this.#markTabs();
    this.#showProblems(...this.#problems.keys());
  }

  forget(key?: string): void {
    if (key === undefined) this.#states.clear();
    else this.#states.delete(key);
    // The shown file's state must not be kept either when the next file is shown.
    if (key === undefined) this.#shown = "";
  }

  setOptions(options: EditorOptions): void {
    this.#options = options;
    this.#view.dispatch({ effects: this.#look.reconfigure(this.#looks()) });
  }

  can(): boolean {
    return true;
  }

  run(action: EditorAction): void {
    this.focus();
    CODEMIRROR_ACTIONS[action](this.#view, this.#init.help);
  }

  paste(text: string): void {
    this.insert(fitting(text, this.#view.state));
  }

  insert(text: string): void {
    this.#view.dispatch(this.#view.state.replaceSelection(text), { scrollIntoView: true });
  }

  press(key: string, ctrl: boolean): void {
    const event = new KeyboardEvent("keydown", { key, ctrlKey: ctrl });
    runScopeHandlers(this.#view, event, "editor");
  }

  focus(): void {
    this.#view.focus();
  }

  hasFocus(): boolean {
    return this.#view.hasFocus;
  }

  getSelection(): [number, number] {
    const { from, to } = this.#view.state.selection.main;
    return [from, to];
  }

  linesInView(): [number, number] {
    const { scrollDOM, documentPadding, state } = this.#view;
    const top = scrollDOM.scrollTop - documentPadding.top;
    const line = (y: number) => state.doc.lineAt(this.#view.lineBlockAtHeight(y).from).number;
    return [line(top), line(top + scrollDOM.clientHeight)];
  }

  select(from: number, to: number): void {
    const effects = EditorView.scrollIntoView(from, { y: "center" });
    this.#view.dispatch({ selection: { anchor: from, head: to }, effects });
  }

  dispose(): void {
    this.#view.destroy();
  }

  /** Spaces are marked only where they could be taken for tabs. */
  #markTabs(): void {
    this.#view.dom.dataset.tabs = String(hasTabs(this.#view.state));
  }

  #askForDefinition(view: EditorView): boolean {
    this.#init.askedForDefinition(view.state.selection.main.head);
    return true;
  }

  #looks(): Extension {
    const { tabSize } = this.#options;
    return [
      colouring(this.#options),
      EditorState.tabSize.of(tabSize),
      preferredSize.of(tabSize),
      suggestions(this.#init.help, this.#options.suggestWhileTyping),
    ];
  }

  #state(file: EditorFile): EditorState {
    return EditorState.create({
      doc: file.text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        keepsIndentation(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        search(),
        codeFolding(),
        this.#init.help ? languageHelp(this.#init.help) : [],
        phrases(),
        EditorView.lineWrapping,
        content(),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) this.#init.changed();
        }),
        keymap.of([
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          { key: "F12", run: (view) => this.#askForDefinition(view) },
          ...defaultKeymap,
        ]),
        this.#language.of([]),
        lockedMarks(this.#init.label),
        errorMarks(),
        problemMarks(),
        debugMarks(),
        this.#look.of(this.#looks()),
      ],
    });
  }
}

async function codemirrorGrammar(language: FileLanguage): Promise<Extension | null> {
  const { grammarOf, foldsByIndentation } = await import("./codemirror/grammars");
  const grammar = await grammarOf(language);
  return grammar && [grammar.support, foldsByIndentation(grammar.support)];
}
