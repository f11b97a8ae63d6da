import { type BlockRules, type FileLanguage, isPython } from "../../common/languages/file_language";
import { detectIndentation, type Indentation, statements, unitOf } from "./detect";
import { indentationOf, isBlank, type Line, linesOf, stateAfter } from "./lines";

/** An open file. Offsets are those of its text, whose lines end with \n. */
export interface FileText {
  readonly text: string;
  readonly python: boolean;
  /** Of the file, or as the user prefers it. */
  readonly indentation: Indentation;
  /** Of another language than Python. */
  readonly blocks?: BlockRules;
}

/** Replaces what is between two offsets. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Where the cursor is afterwards, from the start of what is inserted. */
  readonly cursor: number;
}

/** `preferred`: columns of a level where the text does not say. */
export function fileText(text: string, language: FileLanguage, preferred: number): FileText {
  const [python, { blocks }] = [isPython(language), language];
  const usual: Indentation = { tabs: blocks.tabs, size: preferred };
  const indentation = detectIndentation(text, preferred, python) ?? usual;
  return { text, python, indentation, blocks };
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
export function indentationBelow(
  { text, python }: FileText,
  line: Pick<Line, "from" | "text">,
): string {
  let from = line.from + line.text.length + 1;
  if (python && stateAfter(text.slice(0, from)).quote !== "") return "";
  for (; from < text.length; from += lineAround(text, from).text.length + 1) {
    const next = lineAround(text, from).text;
    if (!isBlank(next) && !/^\s*#/.test(next)) return indentationOf(next);
  }
  return "";
}

/** The indentations of the statements above a place, the outermost first. */
export function levelsAbove({ text, python }: FileText, end: number): string[] {
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

/** The next smaller indentation: of a line around, or one level less than its own. */
export function levelBefore(file: FileText, line: Pick<Line, "from" | "text">): string {
  const own = indentationOf(line.text);
  const less = oneLess(own, file.indentation.size);
  const around = levelsAbove(file, line.from).filter(
    (level) => level.length < own.length && own.startsWith(level),
  );
  return [less, ...around].reduce((one, other) => (other.length > one.length ? other : one));
}

export function oneLess(own: string, size: number): string {
  if (own.endsWith("\t")) return own.slice(0, -1);
  const spaces = own.length - own.trimEnd().length - (own.lastIndexOf("\t") + 1);
  const less = spaces % size || size;
  return own.slice(0, own.length - Math.min(less, spaces));
}

export function lineAround(text: string, at: number): Pick<Line, "from" | "text"> {
  const from = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return { from, text: text.slice(from, end < 0 ? text.length : end) };
}

export function typed(from: number, to: number, insert: string): Edit {
  return { from, to, insert, cursor: insert.length };
}

export function replaced(from: number, own: string, insert: string, at: number): Edit {
  return { from, to: from + own.length, insert, cursor: at - from - own.length + insert.length };
}
