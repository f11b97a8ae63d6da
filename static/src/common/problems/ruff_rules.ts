import type { CheckLevel } from "../../protocol.gen";
import type { ProblemSeverity } from "./problem";

/** `errors`: what fails when it runs. `strict`: also what is likely to be a mistake. */
export type RuffLevel = Exclude<CheckLevel, "off">;

/** The code of what no Python can read. */
export const SYNTAX = "invalid-syntax";

/**
 * Rules whose finding fails: in every run, or in the run that reaches the line. Nothing else is shown
 * to beginners, so that what is marked is wrong.
 */
const ERRORS = [
  "E9",
  "F404", // `from __future__` behind other lines
  "F407",
  ...["F501", "F502", "F503", "F505", "F506", "F507", "F509"], // values for `%`
  ...["F521", "F524", "F525"], // values for `format`
  ...["F621", "F622"], // stars on the left of `=`
  "F633", // `print >> x`
  "F7",
  "F82",
];
const FAILS = new RegExp(`^(?:${SYNTAX}|${ERRORS.join("|")})`);
const IGNORED = [
  "F722", // about comments of type checkers, which no program reads
  // Advice for authors of libraries and tests.
  ...["B009", "B010", "B017", "B019", "B024", "B027", "B028", "B039", "B904", "B911", "B912"],
];
const STRICT = ["E9", "F", "B", "E711", "E712", "E713", "E714", "E721", "E722", "W605"];

export function severityOf(code: string): ProblemSeverity {
  return FAILS.test(code) ? "error" : "warning";
}

export interface RuffTarget {
  /** Of the Python that runs the program, such as `3.11`; empty if that is not known. */
  readonly version: string;
  /** What the program's own files are imported as. */
  readonly own: readonly string[];
  readonly tabSize: number;
}

/** Options of ruff's `Workspace`. */
export function ruffOptions(select: "imports" | RuffLevel, target: RuffTarget): object {
  const rules = { errors: ERRORS, strict: STRICT, imports: ["I"] };
  const version = /^3\.(?:[89]|1\d)$/.exec(target.version)?.[0];
  return {
    ...(version && { "target-version": `py${version.replace(".", "")}` }),
    "line-length": 100,
    "indent-width": target.tabSize,
    lint: {
      select: rules[select],
      ignore: IGNORED,
      isort: { "known-first-party": target.own },
    },
  };
}
