import type { FormatResult } from "./ruff";
import { textEdits } from "./text_edits";

/** What formatters beside ruff are asked for. */
export interface TextRequest {
  readonly text: string;
  readonly path: string;
  readonly target: { readonly tabSize: number };
}

/** Why a formatter cannot read a text: its first line is a sentence. */
export interface Unreadable {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export function formatResult(before: string, after: string | Unreadable): FormatResult {
  if (typeof after === "string") return { edits: textEdits(before, after) };
  const starts = [0, ...[...before.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const start = starts[after.line - 1] ?? before.length;
  const from = Math.min(before.length, start + after.column - 1);
  const message = after.message.split("\n")[0] ?? "";
  return { syntax: { from, to: from, severity: "error", message, code: "", fix: null } };
}
