import type { Diagnostic, Workspace } from "@astral-sh/ruff-wasm-web";
import type { Problem, TextEdit } from "../../common/problems/problem";
import {
  type RuffLevel,
  type RuffTarget,
  ruffOptions,
  SYNTAX,
  severityOf,
} from "../../common/problems/ruff_rules";
import { applied, textEdits } from "./text_edits";

/** What ruff has found in one file; its sentences are ruff's own. */
export type RuffFinding = Pick<Problem, "from" | "to" | "severity" | "message"> & {
  readonly code: string;
  readonly fix: { readonly message: string | null; readonly edits: readonly TextEdit[] } | null;
};

export interface CheckRequest {
  readonly text: string;
  readonly level: RuffLevel;
  readonly target: RuffTarget;
}

export interface FormatRequest {
  readonly text: string;
  /** `imports`: sorts them only; `all`: both. */
  readonly what: "imports" | "all";
  readonly target: RuffTarget;
}

/** `syntax`: the first error that keeps the text from being formatted. */
export type FormatResult =
  | { readonly edits: readonly TextEdit[] }
  | { readonly syntax: RuffFinding };

/** Findings of one file that are shown. */
const MOST_FINDINGS = 500;
const MOST_WORKSPACES = 6;
/** Of a name that nothing defines. */
const UNDEFINED_NAME = "F821";
/** By these a program may define names, so that ruff does not see it. */
const MAKES_NAMES = /\bexec\s*\(|\b(?:globals|locals|vars)\s*\(\s*\)|\bsetattr\s*\(\s*builtins\b/;

export type WorkspaceFactory = (options: object) => Workspace;

/** Ruff, with an instance for each set of options. */
export class Ruff {
  readonly #make: WorkspaceFactory;
  readonly #workspaces = new Map<string, Workspace>();

  constructor(make: WorkspaceFactory) {
    this.#make = make;
  }

  check({ text, level, target }: CheckRequest): RuffFinding[] {
    const found = this.#workspace(ruffOptions(level, target)).check(text) as Diagnostic[];
    const offsets = new Offsets(text);
    const likely = MAKES_NAMES.test(text)
      ? found.filter(({ code }) => code !== UNDEFINED_NAME)
      : found;
    return likely.slice(0, MOST_FINDINGS).map((each) => findingOf(each, offsets));
  }

  format({ text, what, target }: FormatRequest): FormatResult {
    const [syntax] = this.check({ text, level: "errors", target }).filter(isSyntax);
    if (syntax) return { syntax };
    const sorted = this.#sorted(text, target);
    if (what === "imports") return { edits: textEdits(text, sorted) };
    const formatted = this.#workspace(ruffOptions("imports", target)).format(sorted);
    return { edits: textEdits(text, formatted) };
  }

  #sorted(text: string, target: RuffTarget): string {
    const found = this.#workspace(ruffOptions("imports", target)).check(text) as Diagnostic[];
    const offsets = new Offsets(text);
    const edits = found.flatMap((each) => findingOf(each, offsets).fix?.edits ?? []);
    return applied(text, edits);
  }

  #workspace(options: object): Workspace {
    const key = JSON.stringify(options);
    const known = this.#workspaces.get(key);
    if (known) return known;
    if (this.#workspaces.size >= MOST_WORKSPACES) {
      for (const each of this.#workspaces.values()) each.free();
      this.#workspaces.clear();
    }
    const made = this.#make(options);
    this.#workspaces.set(key, made);
    return made;
  }
}

function isSyntax({ code }: RuffFinding): boolean {
  return code === SYNTAX;
}

function findingOf(found: Diagnostic, offsets: Offsets): RuffFinding {
  const code = found.code ?? SYNTAX;
  const from = offsets.at(found.start_location);
  const edits = found.fix?.edits.map((edit) => ({
    from: offsets.at(edit.location),
    to: offsets.at(edit.end_location),
    insert: edit.content ?? "",
  }));
  return {
    from,
    to: Math.max(from, offsets.at(found.end_location)),
    severity: severityOf(code),
    message: found.message,
    code,
    fix: edits ? { message: found.fix?.message ?? null, edits } : null,
  };
}

/** Of rows and columns, both from 1; columns count UTF-16 code units. */
class Offsets {
  readonly #starts = [0];
  readonly #end: number;

  constructor(text: string) {
    this.#end = text.length;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  at({ row, column }: { readonly row: number; readonly column: number }): number {
    const start = this.#starts[row - 1] ?? this.#end;
    return Math.min(this.#end, start + column - 1);
  }
}
