import type { SourceFile } from "../../protocol.gen";
import { type Explanation, type Fault, say } from "./fault";
import { nearby } from "./nearby";
import { explainRuntime } from "./python/others";
import { explainSyntax } from "./syntax/explain_syntax";
import { loadTexts, type Words, wordsOf } from "./texts";

export type { Explanation, Fault } from "./fault";

const SYNTAX = new Set(["SyntaxError", "IndentationError", "TabError", "_IncompleteInputError"]);

/** What is likely wrong, by the words of an error of Python and by the source; null: not known. Pure. */
export function explain(fault: Fault): Explanation | null {
  const near = { ...fault, files: fault.files.map((file) => nearby(file, fault)) };
  return isSyntaxError(near) ? explainSyntax(near) : explainRuntime(near);
}

export function isSyntaxError({ name }: Pick<Fault, "name">): boolean {
  return SYNTAX.has(name);
}

/** A syntax error that was found while the user types. */
export interface SyntaxProblem {
  /** As Python or ruff words it. */
  readonly message: string;
  readonly path: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** From 1; null: unknown. */
  readonly column: number | null;
}

/** A syntax error in plain words, in the language of the page. Texts are loaded with the first one. */
export async function syntaxWords(problem: SyntaxProblem): Promise<Words> {
  const { message, path, text, line, column } = problem;
  const files: readonly SourceFile[] = [{ path, content: text }];
  const fault = {
    name: "SyntaxError",
    message,
    path,
    line,
    column,
    inside: "",
    direct: true,
    files,
  };
  const explanation = explain(fault) ?? say("syntax.any", { line });
  return wordsOf(await loadTexts(), explanation);
}
