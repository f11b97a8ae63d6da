import type { TextEdit } from "../problems/problem";

/** What code help knows of a program, whoever found it out. Offsets are UTF-16 units of a file's text. */
export type CompletionKind =
  | "function"
  | "class"
  | "variable"
  | "parameter"
  | "property"
  | "constant"
  | "module"
  | "keyword"
  | "builtin"
  | "template"
  | "word";

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** How the name is defined; empty if nothing is known about it. */
  readonly detail: string;
  /** In place of what `CompletionList` says. With `template`: text with places to be filled. */
  readonly insert: string;
  readonly template: boolean;
  /** Of this one alone, if it replaces more than the word before the cursor. */
  readonly range: TextRange | null;
  /** What `describe` of its source needs; null: nothing more is known. */
  readonly source: unknown;
}

export interface TextRange {
  readonly from: number;
  readonly to: number;
}

export interface CompletionList extends TextRange {
  readonly items: readonly Completion[];
  /** There are more: another letter changes which these are. */
  readonly incomplete: boolean;
}

/** Documentation, as Markdown. */
export interface Description extends TextRange {
  readonly markdown: string;
}

export interface SignatureHelp {
  readonly label: string;
  /** The part of `label` that is the parameter at the cursor. */
  readonly active: TextRange | null;
  readonly markdown: string;
}

/** A place in an open file. */
export interface CodePlace extends TextRange {
  readonly path: string;
}

/** A definition, of the file that is open or of another. */
export interface OutlineEntry extends TextRange {
  readonly name: string;
  readonly kind: CompletionKind;
  /** How many definitions it is within. */
  readonly depth: number;
}

export interface FileEdits {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}
