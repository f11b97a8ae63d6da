import { type Indentation, statements, unitOf } from "./detect";
import { indentationOf, isBlank, type Line, linesOf, stateAfter } from "./lines";

/** An open file. Offsets are those of its text, whose lines end with \n. */
export interface FileText {
  readonly text: string;
  readonly python: boolean;
  /** Of the file, or as the user prefers it. */
  readonly indentation: Indentation;
}

/** Replaces what is between two offsets. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Where the cursor is afterwards, from the start of what is inserted. */
  readonly cursor: number;
}

/*
 * Why these keys cannot cause a TabError: Python compares the indentation of two lines once with
 * narrow and once with wide tabs. Both agree if one indentation begins with the other. So each key
 * gives a line the indentation of a line around it, or that and more.
 */
const PAIRS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const BRANCH: readonly (readonly [branch: RegExp, opener: RegExp])[] = [
  [/^elif\b/, /^(?:if|elif)\b/],
  [/^else\s*:/, /^(?:if|elif|for|while|try|except|async for)\b/],
  [/^except\b/, /^(?:try|except)\b/],
  [/^finally\s*:/, /^(?:try|except|else)\b/],
];

/** A new line in place of the characters between two offsets. */
export function enter(file: FileText, from: number, to: number): Edit {
  const { text } = file;
  const line = lineAround(text, from);
  const before = text.slice(line.from, from);
  const state = file.python ? stateAfter(text.slice(0, from)) : plainState(before);
  const own = indentationOf(line.text);
  if (state.quote.length === 3) return typed(from, to, `\n${indentationOf(before)}`);
  const rest = skipBlanks(text, to);
  // The line goes down, with its indentation; what stays is empty.
  if (isBlank(before)) return typed(line.from, rest, `\n${own}`);
  const base = state.depth === 0 ? logicalIndentation(file, from) : own;
  const more = base + localUnit(file, from);
  const pair = PAIRS[state.last];
  if (pair !== undefined) {
    if (text[rest] !== pair) return typed(from, rest, `\n${more}`);
    return { from, to: rest, insert: `\n${more}\n${base}`, cursor: more.length + 1 };
  }
  const opens = file.python && state.depth === 0 && state.last === ":";
  return typed(from, rest, `\n${opens ? more : base}`);
}

/** Tab without a selection: the next level in front of a line, else up to the next column. */
export function tab(file: FileText, at: number): Edit {
  const { text } = file;
  const line = lineAround(text, at);
  const before = text.slice(line.from, at);
  const { tabs, size } = file.indentation;
  if (!isBlank(before)) {
    const missing = size - ([...before].length % size);
    return typed(at, at, tabs ? "\t" : " ".repeat(missing));
  }
  const own = indentationOf(line.text);
  const levels = [...levelsAbove(file, line.from), indentationBelow(file, line)];
  const wanted = levels.find((level) => level.length > own.length && level.startsWith(own));
  const insert = wanted ?? own + localUnit(file, at);
  return typed(line.from, line.from + own.length, insert);
}

/** Shift+Tab without a selection: the level before. */
export function shiftTab(file: FileText, at: number): Edit {
  const line = lineAround(file.text, at);
  const own = indentationOf(line.text);
  const insert = levelBefore(file, line);
  const cursor = Math.max(0, at - line.from - (own.length - insert.length));
  return { from: line.from, to: line.from + own.length, insert, cursor };
}

/** Backspace in front of a line's text: a level, as in Monaco. Elsewhere null: one character. */
export function backspace(file: FileText, at: number): Edit | null {
  const line = lineAround(file.text, at);
  const before = line.text.slice(0, at - line.from);
  if (before === "" || !isBlank(before)) return null;
  return typed(line.from + oneLess(before, file.indentation.size).length, at, "");
}

/** Moves all lines between two offsets by a level; they keep their indentation to each other. */
export function shiftLines(file: FileText, from: number, to: number, out: boolean): Edit[] {
  const lines = linesBetween(file.text, from, to).filter(({ text }) => !isBlank(text));
  const first = lines[0];
  if (!first) return [];
  const shared = indentationOf(first.text);
  const wanted = shifted(file, first, out);
  return lines.flatMap((line) => {
    const own = indentationOf(line.text);
    const below = own.startsWith(shared);
    const insert = below ? wanted + own.slice(shared.length) : shifted(file, line, out);
    return insert === own ? [] : [typed(line.from, line.from + own.length, insert)];
  });
}

function shifted(file: FileText, line: Pick<Line, "from" | "text">, out: boolean): string {
  const own = indentationOf(line.text);
  return out ? levelBefore(file, line) : own + localUnit(file, line.from + own.length);
}

/** The next smaller indentation: of a line around, or one level less than its own. */
function levelBefore(file: FileText, line: Pick<Line, "from" | "text">): string {
  const own = indentationOf(line.text);
  const around = levelsAbove(file, line.from).filter(
    (level) => level.length < own.length && own.startsWith(level),
  );
  return [oneLess(own, file.indentation.size), ...around].reduce((one, other) => (other.length > one.length ? other : one));
}

/** `else:` and its like, once the colon before `at` is typed: to the indentation of their `if`. */
export function colon(file: FileText, at: number): Edit | null {
  const { text, python } = file;
  const line = lineAround(text, at);
  const own = indentationOf(line.text);
  const words = line.text.slice(own.length);
  const rule = BRANCH.find(([branch]) => branch.test(words));
  const ends = python && text[at - 1] === ":" && at === line.from + line.text.length;
  if (!rule || !ends) return null;
  const lines = linesOf(text.slice(0, line.from + own.length + 1), true);
  if (lines.at(-1)?.start !== "statement") return null;
  let least = own;
  for (const above of statements(lines.slice(0, -1)).reverse()) {
    const there = indentationOf(above.text);
    if (there.length > least.length || !own.startsWith(there)) continue;
    least = there;
    if (rule[1].test(above.text.slice(there.length))) {
      return there === own ? null : replaced(line.from, own, there, at);
    }
  }
  return null;
}

/** Of several cursors: where each is after all edits, of which each cursor has some. */
export function selectionsAfter(
  selections: readonly { readonly from: number; readonly to: number }[],
  each: readonly (readonly Edit[])[],
): { readonly from: number; readonly to: number }[] {
  const all = each.flat();
  const moved = (at: number, except?: Edit) =>
    all.reduce((place, edit) => {
      const before = edit !== except && edit.from <= at && edit.to <= at;
      return before ? place + edit.insert.length - (edit.to - edit.from) : place;
    }, at);
  return selections.map(({ from, to }, index) => {
    const [edit, more] = each[index] ?? [];
    // Of lines that are shifted, the same characters stay selected.
    if (!edit || more || from !== to) return { from: moved(from), to: moved(to) };
    const at = moved(edit.from, edit) + edit.cursor;
    return { from: at, to: at };
  });
}

/** What one more level is at this place: as the lines below or above have it, else the whole file. */
export function localUnit(file: FileText, at: number): string {
  const line = lineAround(file.text, at);
  const own = indentationOf(line.text);
  const below = indentationBelow(file, line);
  if (!isBlank(line.text) && below.length > own.length && below.startsWith(own)) {
    return below.slice(own.length);
  }
  const levels = levelsAbove(file, line.from + line.text.length + 1);
  const [last = "", outer = ""] = [levels.at(-1), levels.at(-2)];
  const step = last.slice(outer.length);
  if (last.endsWith("\t")) return "\t";
  return /^ {1,8}$/.test(step) ? step : last === "" ? unitOf(file.indentation) : "    ";
}

/** Of the next statement; empty without one. */
function indentationBelow({ text, python }: FileText, line: Pick<Line, "from" | "text">): string {
  let from = line.from + line.text.length + 1;
  if (python && stateAfter(text.slice(0, from)).quote !== "") return "";
  for (; from < text.length; from += lineAround(text, from).text.length + 1) {
    const next = lineAround(text, from).text;
    if (!isBlank(next) && !/^\s*#/.test(next)) return indentationOf(next);
  }
  return "";
}

/** The indentations of the statements above a place, the outermost first. */
function levelsAbove({ text, python }: FileText, end: number): string[] {
  const levels: string[] = [];
  for (const line of statements(linesOf(text.slice(0, end), python)).reverse()) {
    const own = indentationOf(line.text);
    const inner = levels[0];
    if (inner === undefined || (own.length < inner.length && inner.startsWith(own))) {
      levels.unshift(own);
    }
    if (own === "") break;
  }
  return levels;
}

/** The indentation of the statement in which a line stands, which may have begun some lines before. */
function logicalIndentation({ text, python }: FileText, at: number): string {
  const lines = linesOf(text.slice(0, at), python);
  const begun = lines.reverse().find(({ start }) => start === "statement");
  return indentationOf(begun?.text ?? "");
}

function lineAround(text: string, at: number): Pick<Line, "from" | "text"> {
  const from = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return { from, text: text.slice(from, end < 0 ? text.length : end) };
}

/** A selection that ends in front of a line does not touch it. */
function linesBetween(text: string, from: number, to: number): Pick<Line, "from" | "text">[] {
  const lines = [lineAround(text, from)];
  for (let last = lines[0]; last; last = lines.at(-1)) {
    const next = last.from + last.text.length + 1;
    if (next > text.length || next >= to) break;
    lines.push(lineAround(text, next));
  }
  return lines;
}

function typed(from: number, to: number, insert: string): Edit {
  return { from, to, insert, cursor: insert.length };
}

function replaced(from: number, own: string, insert: string, at: number): Edit {
  return { from, to: from + own.length, insert, cursor: at - from - own.length + insert.length };
}

/** Of a language of which only brackets are known. */
function plainState(before: string): { quote: string; depth: number; last: string } {
  return { quote: "", depth: 0, last: before.trimEnd().slice(-1) };
}

function skipBlanks(text: string, at: number): number {
  let end = at;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return end;
}

function oneLess(own: string, size: number): string {
  if (own.endsWith("\t")) return own.slice(0, -1);
  const spaces = own.length - own.trimEnd().length - (own.lastIndexOf("\t") + 1);
  const less = spaces % size || size;
  return own.slice(0, own.length - Math.min(less, spaces));
}
