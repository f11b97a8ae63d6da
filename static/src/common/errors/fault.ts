import type { SourceFile } from "../../protocol.gen";
import type { TextKey, Values } from "./texts/keys";

/** An error of a program, with all that is known of it. */
export interface Fault {
  /** Without its module: `JSONDecodeError`. */
  readonly name: string;
  readonly message: string;
  /** One of the program's files; empty: the error names none. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Of a syntax error, from 1; null: unknown. */
  readonly column: number | null;
  /** The name of the function; `<module>` outside of all. */
  readonly inside: string;
  /** The error came out of this file itself, and not of what it calls. */
  readonly direct: boolean;
  readonly files: readonly SourceFile[];
}

/** What is likely wrong: a text, what is put into it, and the line to be changed if it is another one. */
export interface Explanation {
  readonly text: TextKey;
  readonly values: Values;
  readonly line?: number;
}

/** Explains errors whose message it matches; null: other rules may. */
export type Rule = readonly [RegExp, (found: RegExpExecArray, fault: Fault) => Explanation | null];

export function say(text: TextKey, values: Values = {}, line?: number): Explanation {
  return line === undefined ? { text, values } : { text, values, line };
}

export function byRules(rules: readonly Rule[], fault: Fault): Explanation | null {
  for (const [pattern, explain] of rules) {
    const found = pattern.exec(fault.message);
    const explanation = found && explain(found, fault);
    if (explanation) return explanation;
  }
  return null;
}

export function textOf({ path, files }: Fault): string {
  return files.find((file) => file.path === path)?.content ?? "";
}

/** The line of the error, as the file has it. */
export function sourceOf(fault: Fault): string {
  return lineOf(textOf(fault), fault.line);
}

/** Line ends are any of Python's. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

export function lineOf(text: string, line: number): string {
  return linesOf(text)[line - 1] ?? "";
}
