/** What finds problems. Each replaces only the problems that it found itself. */
export const PROBLEM_OWNERS = ["syntax", "ruff", "types", "advice"] as const;
export type ProblemOwner = (typeof PROBLEM_OWNERS)[number];

export type ProblemSeverity = "error" | "warning" | "info";

/** Replaces the characters between two offsets. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Edits of the problem's file that remove the problem. They do not overlap. */
export interface ProblemFix {
  /** What they do, in the page's language or as the tool that proposes them says it. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Offsets count UTF-16 code units in the file's text, in which lines end with `\n`. */
export interface Problem {
  /** The file's path. */
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly severity: ProblemSeverity;
  /** Of the rule, such as `F821`. */
  readonly code: string | null;
  readonly message: string;
  readonly fix?: ProblemFix | null;
  /** An explanation, shown below the message where there is room. */
  readonly more?: string;
}
