import type { LineMap, LineRange } from "../../common/intelligence/line_map";
import { rangeIn } from "../../common/intelligence/server_answers";
import type { Problem, ProblemSeverity } from "../../common/problems/problem";

export interface Diagnostic {
  readonly range: LineRange;
  readonly severity?: number;
  readonly code?: unknown;
  readonly message: string;
}

/** Hints, such as about names that are not used, are not among them. */
const SEVERITIES: Readonly<Record<number, ProblemSeverity>> = { 1: "error", 2: "warning" };

export function problemsOf(
  file: string,
  diagnostics: readonly Diagnostic[],
  lines: LineMap,
): Problem[] {
  return diagnostics.flatMap(({ range, severity, code, message }) => {
    const known = SEVERITIES[severity ?? 0];
    if (!known) return [];
    const rule = typeof code === "string" ? code : null;
    return [{ file, ...rangeIn(lines, range), severity: known, code: rule, message }];
  });
}
