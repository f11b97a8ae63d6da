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
/** Of a program. More are not kept. */
export const MOST_BREAKPOINTS = 200;
export const MOST_CHARACTERS = 500;

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
    if (!known && this.count >= MOST_BREAKPOINTS) return false;
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

  // --- Stored ----------------------------------------------------------------------------------
  toString(): string {
    const files = [...this.#files].map(([path, all]) => [
      path,
      all.map(({ line, condition, hits, log }) => [line, condition, hits, log]),
    ]);
    return files.length > 0 ? JSON.stringify(files) : "";
  }

  /** What cannot be read counts as none. */
  read(text: string): void {
    this.#files.clear();
    for (const [path, line, ...texts] of stored(text)) {
      const [condition = "", hits = "", log = ""] = texts;
      if (this.count < MOST_BREAKPOINTS && !this.at(path, line)) {
        this.#last += 1;
        const made = { id: this.#last, line, ...shortened({ condition, hits, log }) };
        this.#files.set(path, [...this.of(path), made]);
      }
    }
    this.#didChange.fire();
  }

  /** As `setBreakpoints` of the Debug Adapter Protocol wants them. */
  asked(path: string): readonly Json[] {
    return this.of(path).map(({ line, condition, hits, log }) => ({
      line,
      ...(condition && { condition }),
      ...(hits && { hitCondition: hits }),
      ...(log && { logMessage: log }),
    }));
  }

  #put(path: string, all: readonly Breakpoint[]): void {
    if (all.length > 0)
      this.#files.set(
        path,
        [...all].sort((a, b) => a.line - b.line),
      );
    else this.#files.delete(path);
    this.#didChange.fire();
  }
}

function shortened({ condition, hits, log }: BreakpointOptions): BreakpointOptions {
  const short = (text: string) => text.trim().slice(0, MOST_CHARACTERS);
  return { condition: short(condition), hits: short(hits), log: short(log) };
}

function stored(text: string): [string, number, ...string[]][] {
  let value: unknown;
  try {
    value = JSON.parse(text || "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value.flatMap((file: unknown) => {
    if (!Array.isArray(file) || typeof file[0] !== "string" || !Array.isArray(file[1])) return [];
    const path = file[0];
    return file[1].flatMap((one: unknown): [string, number, ...string[]][] => {
      if (!Array.isArray(one) || !Number.isInteger(one[0]) || one[0] < 1) return [];
      const texts = one.slice(1, 4).map((text) => (typeof text === "string" ? text : ""));
      return [[path, one[0] as number, ...texts]];
    });
  });
}
