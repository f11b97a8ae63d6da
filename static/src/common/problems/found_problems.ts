import type { SourceFile } from "../../protocol.gen";
import type { Problem } from "./problem";

/** Ends of lines as editors have them. */
export function asEdited(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** What the program's own files are imported as: `helper` of `helper.py` and `helper/parts.py`. */
export function ownModules(paths: readonly string[]): string[] {
  const names = paths.map((path) => path.split("/")[0]?.replace(/\.py$/, "") ?? "");
  return [...new Set(names.filter((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)))].sort();
}

/** The problems with a fix in the line of an offset, the nearest one first. */
export function fixableAt(
  problems: readonly Problem[],
  { path, content }: SourceFile,
  offset: number,
): Problem[] {
  const start = content.lastIndexOf("\n", offset - 1) + 1;
  const found = content.indexOf("\n", offset);
  const end = found < 0 ? content.length : found;
  const distance = ({ from, to }: Problem) => Math.max(from - offset, offset - to, 0);
  return problems
    .filter(({ file, from, to, fix }) => fix && file === path && from <= end && to >= start)
    .sort((one, other) => distance(one) - distance(other));
}

/** The words of a line, from 1; a line without any: its start. */
export function wordsOfLine(content: string, line: number): { from: number; to: number } {
  const lines = content.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const text = lines[line - 1] ?? "";
  const from = Math.min(start + text.length - text.trimStart().length, content.length);
  return { from, to: from + text.trim().length };
}

export function counted(problems: readonly Problem[]): { errors: number; others: number } {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return { errors, others: problems.length - errors };
}
