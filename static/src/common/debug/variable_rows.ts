import { DapError } from "./dap_client";
import type { DebugState, Scope, Variable } from "./debug_state";

/** Groups of names that Python itself has. */
const HIDDEN = ["special variables"];
const LATER = ["function variables", "class variables"];
export const MOST_ROWS = 2000;

/** As pydevd names what it has left out of a large dictionary or set. */
const LEFT_OUT = "Unable to handle:";
/** The program does not answer; it takes too long to compute this; it refuses to say; others are left out. */
export type Problem = "" | "late" | "slow" | "computed" | "failed" | "more";

export interface Row {
  /** Where it is in the tree; the same after each step. */
  readonly key: string;
  /** From 1. */
  readonly level: number;
  readonly variable: Variable;
  /** What it is in; 0: it cannot be set. */
  readonly container: number;
  readonly expanded: boolean;
  readonly changed: boolean;
  /** Why it, or what is in it, is not shown. */
  readonly problem: Problem;
}

export interface VariableSource {
  variables(reference: number): Promise<readonly Variable[]>;
}

/** The tree of variables as rows: which of them are open outlives the steps of a program. Pure. */
export class VariableRows {
  readonly #source: VariableSource;
  readonly #open = new Set<string>();
  #values = new Map<string, string>();
  #before = new Map<string, string>();
  #round = 0;

  constructor(source: VariableSource) {
    this.#source = source;
  }

  toggle(key: string): void {
    if (!this.#open.delete(key)) this.#open.add(key);
  }

  isOpen(key: string): boolean {
    return this.#open.has(key);
  }

  /** The program has stopped anew: what differs from now on has changed. */
  stopped(): void {
    this.#before = this.#values;
    this.#values = new Map();
  }

  /** Null: something newer was asked for meanwhile. */
  async rows({ scopes, frame }: Pick<DebugState, "scopes" | "frame">): Promise<Row[] | null> {
    this.#round += 1;
    const round = this.#round;
    const rows: Row[] = [];
    // In the program itself both are the same.
    const shown = frame?.name === "<module>" ? scopes.slice(0, 1) : scopes;
    for (const [index, scope] of shown.entries()) {
      const key = `${frame?.name ?? ""}/${scope.name}`;
      if (index === 0) await this.#first(rows, key, scope, round);
      else await this.#row(rows, key, scopeAsVariable(scope), 0, 1, round);
      if (round !== this.#round) return null;
    }
    return rows;
  }

  /** What is in a scope that is no row itself. */
  async #first(rows: Row[], key: string, scope: Scope, round: number): Promise<void> {
    const problem = await this.#within(rows, key, scope.reference, 1, round);
    if (!problem) return;
    const variable = scopeAsVariable({ name: "", reference: 0 });
    const row = { key: `${key}/`, level: 1, variable, container: 0, problem } as const;
    rows.push({ ...row, expanded: false, changed: false });
  }

  async #within(
    rows: Row[],
    key: string,
    reference: number,
    level: number,
    round: number,
  ): Promise<Problem> {
    let found: readonly Variable[];
    try {
      found = await this.#source.variables(reference);
    } catch (error) {
      if (!(error instanceof DapError)) throw error;
      return error.late ? "late" : "failed";
    }
    const visible = found.filter(({ name }) => !HIDDEN.includes(name));
    const ordered = [
      ...visible.filter(({ name }) => !LATER.includes(name)),
      ...visible.filter(({ name }) => LATER.includes(name) && level === 1),
    ];
    for (const [part, variable, single] of numbered(ordered)) {
      if (rows.length >= MOST_ROWS || round !== this.#round) break;
      // The debugger would set the first of that name.
      const container = single ? reference : 0;
      await this.#row(rows, `${key}/${part}`, variable, container, level, round);
    }
    return "";
  }

  async #row(
    rows: Row[],
    key: string,
    variable: Variable,
    container: number,
    level: number,
    round: number,
  ): Promise<void> {
    const expanded = variable.reference !== 0 && this.#open.has(key);
    const before = this.#before.get(key);
    this.#values.set(key, variable.value);
    const changed = before !== undefined && before !== variable.value;
    const at = rows.length;
    const leftOut = variable.name === LEFT_OUT ? "more" : "";
    const unknown = variable.computed ? "computed" : leftOut;
    const problem = variable.late ? "slow" : unknown;
    const made: Row = { key, level, variable, container, expanded, changed, problem };
    rows.push(made);
    if (!expanded) return;
    const inside = await this.#within(rows, key, variable.reference, level + 1, round);
    if (inside) rows[at] = { ...made, problem: inside };
  }
}

/**
 * Each with its part of a key, which no other one has, and whether none has its name: keys of a
 * dictionary that are written alike are several.
 */
function* numbered(
  variables: readonly Variable[],
): Generator<readonly [part: string, variable: Variable, single: boolean]> {
  const counts = new Map<string, number>();
  for (const { name } of variables) counts.set(name, (counts.get(name) ?? 0) + 1);
  const passed = new Map<string, number>();
  for (const variable of variables) {
    const { name } = variable;
    const before = passed.get(name) ?? 0;
    passed.set(name, before + 1);
    // As in a JSON Pointer, whose `~` nothing but 0 or 1 follows.
    const part = name.replaceAll("~", "~0").replaceAll("/", "~1");
    yield [before ? `${part}~2${before}` : part, variable, counts.get(name) === 1];
  }
}

function scopeAsVariable({ name, reference }: Scope): Variable {
  return { name, value: "", type: "", reference, expression: "", late: false, computed: false };
}
