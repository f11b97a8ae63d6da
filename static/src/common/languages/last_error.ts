import { LONGEST_LINE, type Place, type PlaceFinder } from "./places";

/** Where a run failed, and what its compiler or interpreter says of it. */
export interface RunError {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number | null;
  readonly message: string;
}

/** Of its output no more is read than so many lines before the end. */
export const MOST_LINES = 300;
const MOST_CHARACTERS = 60_000;
/** Places that belong to one error stand no farther apart: sources and marks are in between. */
const GAP = 8;
const NEAR = 20;
const MOST_MESSAGE = 300;
const LESSER = /\b(?:warning|note|remark|info)\b/i;
const WORD = /\p{L}{3}/u;

/**
 * The error that ended a run, read from the end of its output. `deepestLast`: of the calls that lead
 * to an error, the language names the one that failed last, as Python does. `compiled`: the output is
 * a compiler's: its first error is the one to look at, the others often follow from it.
 */
export function lastError(
  output: readonly string[],
  finder: PlaceFinder,
  deepestLast: boolean,
  compiled: boolean,
): RunError | null {
  const lines = readable(output);
  const known = errorsIn(lines, finder, compiled);
  const chosen = deepestLast ? known.at(-1) : compiled ? known[0] : firstOfLast(known);
  if (!chosen) return null;
  const { path, line, column } = chosen.place;
  const message = messageOf(lines, chosen.at, chosen.place, deepestLast);
  return { path, line, column, message: message.slice(0, MOST_MESSAGE) };
}

/**
 * A language's patterns know its errors; a general one also takes what only looks like a place. A
 * warning of the compiler is no reason why the program that it has made ends with an error.
 */
function errorsIn(lines: readonly string[], finder: PlaceFinder, compiled: boolean): Found[] {
  const isError = ({ at }: Found) => !LESSER.test(lines[at] ?? "");
  const own = places(lines, (line) => finder.findError(line));
  const errors = own.filter(isError);
  if (errors.length > 0) return errors;
  const others = places(lines, (line) => finder.find(line)[0] ?? null);
  const more = others.filter(isError);
  if (more.length > 0 || !compiled) return more;
  return own.length > 0 ? own : others;
}

interface Found {
  readonly at: number;
  readonly place: Place;
}

function places(lines: readonly string[], find: (line: string) => Place | null): Found[] {
  return lines.flatMap((text, at) => {
    const place = find(text);
    return place ? [{ at, place }] : [];
  });
}

/** The last lines, as many as can be read at once. */
function readable(output: readonly string[]): readonly string[] {
  let left = MOST_CHARACTERS;
  const last = output.slice(-MOST_LINES);
  let first = last.length;
  while (first > 0) {
    left -= last[first - 1]?.length ?? 0;
    if (left < 0) break;
    first -= 1;
  }
  return last.slice(first);
}

/** The first place of the last error: the others are the calls that led to it. */
function firstOfLast(found: readonly Found[]): Found | undefined {
  let first = found.at(-1);
  for (const one of [...found].reverse()) {
    if (first && first.at - one.at <= GAP) first = one;
  }
  return first;
}

/** What is said of the place: in its line, else in a line near it that is not indented. */
function messageOf(
  lines: readonly string[],
  at: number,
  { start, end, message }: Place,
  deepestLast: boolean,
): string {
  if (message) return message;
  const text = lines[at] ?? "";
  if (deepestLast) return lastSaid(lines.slice(at + 1)) ?? "";
  const after = text.slice(end).replace(/^[\s:)\]"',.-]+/, "");
  if (WORD.test(after)) return after.trim();
  const before = text.slice(0, start).replace(/(?:\s(?:at|in|on))?[\s:(["',-]+$/, "");
  if (!isIndented(text) && WORD.test(before)) return before.trim();
  const above = lastSaid(lines.slice(Math.max(0, at - NEAR), at));
  const below = belowSource(lines.slice(at + 1, at + 1 + NEAR));
  return ((isIndented(text) ? above : below) ?? above ?? below ?? "").trim();
}

/** Node shows the line of the source and a mark below it, and then says what is wrong. */
function belowSource(lines: readonly string[]): string | undefined {
  const mark = lines.findIndex((line) => line.length <= LONGEST_LINE && /^\s*\^+\s*$/.test(line));
  return lines.slice(mark + 1).find(isSaid);
}

function lastSaid(lines: readonly string[]): string | undefined {
  return [...lines].reverse().find(isSaid)?.trim();
}

function isSaid(line: string): boolean {
  return line.length <= LONGEST_LINE && !isIndented(line) && WORD.test(line);
}

function isIndented(line: string): boolean {
  return /^\s/.test(line);
}
