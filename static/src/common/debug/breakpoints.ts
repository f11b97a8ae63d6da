import {
  BREAKPOINT_CHARACTERS,
  MAX_BREAKPOINTS,
  type Breakpoint as StoredBreakpoint,
} from "../../protocol.gen";
import { Emitter } from "../base/emitter";
import type { Json } from "./dap_lines";

export interface Breakpoint {
  readonly id: number;
  /** From 1. */
  readonly line: number;
  /** An expression; empty: always. */
  readonly condition: string;
  /** A number of times, or such as `>= 5`; empty: each time. */
  readonly hits: string;
  /** A message with `{expressions}` that is printed in place of a stop; empty: it stops. */
  readonly log: string;
}

export type BreakpointOptions = Pick<Breakpoint, "condition" | "hits" | "log">;

export const PLAIN: BreakpointOptions = { condition: "", hits: "", log: "" };

export interface LineOf {
  readonly id: number;
  readonly line: number;
}

/** The breakpoints of a snippet, by file. Pure. */
export class BreakpointStore {
  readonly #didChange = new Emitter();
  readonly onDidChange = this.#didChange.event;
  readonly #files = new Map<string, readonly Breakpoint[]>();
  #last = 0;

  get paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  get count(): number {
    return [...this.#files.values()].reduce((sum, { length }) => sum + length, 0);
  }

  of(path: string): readonly Breakpoint[] {
    return this.#files.get(path) ?? [];
  }

  at(path: string, line: number): Breakpoint | undefined {
    return this.of(path).find((one) => one.line === line);
  }

  /** Sets or removes one. Returns whether there is one now. */
  toggle(path: string, line: number): boolean {
    if (this.at(path, line)) {
      this.remove(path, line);
      return false;
    }
    return this.set(path, line, PLAIN);
  }

  /** False if there are too many. */
  set(path: string, line: number, options: BreakpointOptions): boolean {
    const known = this.at(path, line);
    if (!known && this.count >= MAX_BREAKPOINTS) return false;
    const others = this.of(path).filter((one) => one !== known);
    if (!known) this.#last += 1;
    const made = { id: known?.id ?? this.#last, line, ...shortened(options) };
    this.#put(path, [...others, made]);
    return true;
  }

  remove(path: string, line: number): void {
    this.#put(
      path,
      this.of(path).filter((one) => one.line !== line),
    );
  }

  clear(): void {
    this.#files.clear();
    this.#didChange.fire();
  }

  /** The text has changed: where they are now. Those that are not named are gone with their line. */
  move(path: string, lines: readonly LineOf[]): void {
    const where = new Map(lines.map(({ id, line }) => [id, line]));
    const taken = new Set<number>();
    const moved = this.of(path).flatMap((one) => {
      const line = where.get(one.id);
      if (line === undefined || taken.has(line)) return [];
      taken.add(line);
      return [line === one.line ? one : { ...one, line }];
    });
    const before = this.of(path);
    const same = moved.length === before.length && moved.every((one, at) => one === before[at]);
    if (!same) this.#put(path, moved);
  }

  rename(before: string, after: string): void {
    const moved = this.#files.get(before);
    if (!moved) return;
    this.#files.delete(before);
    this.#put(after, moved);
  }

  /** Those of files that are there no more. */
  keepOnly(paths: readonly string[]): void {
    for (const path of this.paths) if (!paths.includes(path)) this.#put(path, []);
  }

  // --- Stored with the snippet -----------------------------------------------------------------
  get all(): readonly StoredBreakpoint[] {
    return [...this.#files].flatMap(([path, all]) =>
      all.map(({ line, condition, hits, log }) => ({ path, line, condition, hits, log })),
    );
  }

  /** Another snippet, or another version of it. */
  load(stored: readonly StoredBreakpoint[]): void {
    this.#files.clear();
    for (const { path, line, condition = "", hits = "", log = "" } of stored) {
      if (this.count >= MAX_BREAKPOINTS || this.at(path, line)) continue;
      this.#last += 1;
      const made = { id: this.#last, line, ...shortened({ condition, hits, log }) };
      this.#files.set(path, sorted([...this.of(path), made]));
    }
    this.#didChange.fire();
  }

  /**
   * As `setBreakpoints` of the Debug Adapter Protocol wants them, one in a line. `lineOf`: where a
   * line is in the program that runs; null: it is not in it.
   */
  asked(path: string, lineOf: (line: number) => number | null = (line) => line): readonly Json[] {
    const found = new Map<number, Json>();
    for (const { line: shown, condition, hits, log } of this.of(path)) {
      const line = lineOf(shown);
      if (line === null) continue;
      found.set(line, {
        line,
        ...(condition && { condition }),
        ...(hits && { hitCondition: hits }),
        ...(log && { logMessage: log }),
      });
    }
    return [...found.values()];
  }

  #put(path: string, all: readonly Breakpoint[]): void {
    if (all.length > 0) this.#files.set(path, sorted(all));
    else this.#files.delete(path);
    this.#didChange.fire();
  }
}

function shortened({ condition, hits, log }: BreakpointOptions): BreakpointOptions {
  const short = (text: string) => text.trim().slice(0, BREAKPOINT_CHARACTERS);
  return { condition: short(condition), hits: short(hits), log: short(log) };
}

function sorted(all: readonly Breakpoint[]): readonly Breakpoint[] {
  return [...all].sort((one, other) => one.line - other.line);
}
