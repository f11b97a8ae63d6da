import type { AdviceKind, SourceFile } from "../../protocol.gen";
import type { Source } from "./source";

/** What the site does not allow: modules, and calls by their dotted names. */
export interface Forbidden {
  readonly modules: readonly string[];
  readonly calls: readonly string[];
}

/** What the advice depends on, beside the program. */
export interface Surroundings {
  readonly files: readonly SourceFile[];
  /** Paths of those that may write files. */
  readonly writers: readonly string[];
  /** What can be imported beside the standard library and the program's files; null: not known. */
  readonly installed: readonly string[] | null;
  /** Whether a run can have a screen for what opens windows. */
  readonly windows: boolean;
  readonly forbidden: Forbidden;
  /** Kinds that the user does not want to see again. */
  readonly off: readonly AdviceKind[];
}

/** Advice beside one place of a file. */
export interface Advice {
  readonly kind: AdviceKind | "forbidden";
  readonly node: { readonly from: number; readonly to: number };
  readonly message: string;
  readonly more?: string;
}

export type Rule = (source: Source, around: Surroundings) => Iterable<Advice>;
