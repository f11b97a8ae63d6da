import { closedLevel, closer, opensBlock } from "./blocks";
import { statements } from "./detect";
import {
  type Edit,
  type FileText,
  indentationBelow,
  levelBefore,
  levelsAbove,
  lineAround,
  localUnit,
  oneLess,
  replaced,
  typed,
} from "./levels";
import { indentationOf, isBlank, type Line, linesOf, stateAfter } from "./lines";

export { type Edit, type FileText, fileText, localUnit } from "./levels";

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
  const blank = isBlank(text.slice(from, line.from + line.text.length));
  const level = blank ? closedLevel(file, line, own) : own;
  if (level !== own) {
    const next = opensBlock(file, state, before) ? level + localUnit(file, from) : level;
    return typed(line.from, rest, `${level}${before.slice(own.length)}\n${next}`);
  }
  return typed(from, rest, `\n${opensBlock(file, state, before) ? more : base}`);
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

/** What may end a block, when it is typed. */
export const ENDS = /^[:)\]}]$/;

/** Moves the line that ends a block, once the character before `at` is typed. */
export function ending(file: FileText, at: number): Edit | null {
  return file.text[at - 1] === ":" ? colon(file, at) : closer(file, at);
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

/** The indentation of the statement in which a line stands, which may have begun some lines before. */
function logicalIndentation({ text, python }: FileText, at: number): string {
  const lines = linesOf(text.slice(0, at), python);
  const begun = lines.reverse().find(({ start }) => start === "statement");
  return indentationOf(begun?.text ?? "");
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

/** Of a language of which only brackets are known. */
function plainState(before: string): { quote: string; depth: number; last: string } {
  return { quote: "", depth: 0, last: before.trimEnd().slice(-1) };
}

function skipBlanks(text: string, at: number): number {
  let end = at;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return end;
}
