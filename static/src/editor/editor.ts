import type { LineOf } from "../common/debug/breakpoints";
import type { FileLanguage } from "../common/languages/file_language";
import type { Theme } from "../common/preferences";
import type { Problem, ProblemOwner, TextEdit } from "../common/problems/problem";
import type { LineRange } from "../common/snippets/locked_lines";
import type { SourceFile } from "../protocol.gen";
import type { CodeHelp } from "./intelligence/code_help";

export interface EditorOptions {
  /** In pixels. */
  readonly fontSize: number;
  readonly tabSize: number;
  readonly theme: Theme;
  readonly screenReader: boolean;
  /** Names are suggested while the user types, not only on a key. */
  readonly suggestWhileTyping: boolean;
}

export interface EditorFile {
  /** Stays the same while the file is open, also when it is renamed. */
  readonly key: string;
  readonly text: string;
  readonly language: FileLanguage;
}

/** What an error says of a line of the shown file. */
export interface ErrorMark {
  /** From 1; a line that does not exist counts as the last one. */
  readonly line: number;
  readonly message: string;
  /** What it means, for the pointer that rests on the line; empty: nothing more is known. */
  readonly more?: string;
}

/** A breakpoint of the shown file. */
export interface BreakpointMark extends LineOf {
  readonly kind: "plain" | "condition" | "log" | "spacer";
  /** What it does, for the pointer that rests on it. */
  readonly label: string;
}

/** All open files with their newest text, and the path of the one that is shown. */
export interface Project {
  readonly files: readonly SourceFile[];
  readonly shown: string;
}

/** What an editor can do with its text, for menus and the command list. */
export type EditorAction =
  | "undo"
  | "redo"
  | "cut"
  | "copy"
  | "select_all"
  | "find"
  | "replace"
  | "comment"
  | "duplicate_line"
  | "indent"
  | "outdent"
  | "fold_all"
  | "unfold_all"
  | "suggest"
  | "describe"
  | "signature";

/** The interface of all editors. */
export interface Editor {
  getText(): string;
  /** Replaces the text of the shown file, as one edit that can be undone. */
  setText(text: string): void;
  setLanguage(language: FileLanguage): void;
  /** Shows another file. Each file keeps its undo history, selection and scroll position. */
  show(file: EditorFile): void;
  /** Marks a line of the shown file, until it is edited; null: none. */
  mark(error: ErrorMark | null): void;
  /** Replaces the breakpoints of the shown file, which then move with its text; null: it can have none. */
  showBreakpoints(marks: readonly BreakpointMark[] | null): void;
  /** Where they are now; null: this editor does not know. */
  breakpointLines(): readonly LineOf[] | null;
  /** Marks the line where the program stands, and scrolls to it; null: none. */
  showExecution(line: number | null): void;
  /** Whether `EditorInit.valueOf` is asked for names under the pointer. */
  showValues(on: boolean): void;
  /**
   * Marks lines of the shown file that stay as they are. `why`: for the pointer that rests on them;
   * `label`: for screen readers.
   */
  showLocked(lines: readonly LineRange[], why: string, label: string): void;
  /** Replaces the problems of one owner, in all files; those of other owners stay. */
  setProblems(owner: ProblemOwner, problems: readonly Problem[]): void;
  /** Selects a problem of the shown file, and shows what it says. */
  showProblem(problem: Problem): void;
  /** Changes the shown file, as one edit that can be undone; the cursor stays at its text. */
  edit(edits: readonly TextEdit[]): void;
  /** A file was closed; without a key: all files. */
  forget(key?: string): void;
  setOptions(options: EditorOptions): void;
  can(action: EditorAction): boolean;
  /** Does nothing if the editor cannot. */
  run(action: EditorAction): void;
  /** Replaces the selection. */
  paste(text: string): void;
  /** Types text, or (`press`) a key such as `ArrowLeft` or `Tab`: for the key row of touch screens. */
  insert(text: string): void;
  press(key: string, ctrl: boolean): void;
  focus(): void;
  hasFocus(): boolean;
  /** Character offsets of the selection's ends. */
  getSelection(): [number, number];
  /** The first and the last line in view, from 1. */
  linesInView(): [number, number];
  /** Selects the characters between two offsets, and scrolls to them. */
  select(from: number, to: number): void;
  dispose(): void;
}

/** A point of the window, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface EditorInit {
  readonly parent: HTMLElement;
  readonly file: EditorFile;
  readonly selection: [number, number];
  readonly options: EditorOptions;
  readonly label: string;
  changed(): void;
  project(): Project;
  /** What answers questions about the program; null: the plain editor asks none. */
  readonly help: CodeHelp | null;
  /** The user asks for the context menu. */
  askedForMenu(at: Point): void;
  /** The user asks for the fix of a problem. */
  askedForFix(problem: Problem): void;
  /** The user sets or removes a breakpoint; lines begin at 1. */
  askedForBreakpoint(line: number): void;
  /** The value of an expression where the program stands; null: unknown. */
  valueOf(expression: string): Promise<string | null>;
  /** The user asks where the name at an offset is defined. */
  askedForDefinition(offset: number): void;
}
