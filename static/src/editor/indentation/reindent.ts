import { detectIndentation, type Indentation, statements, unitOf } from "./detect";
import { type FileText, localUnit } from "./keys";
import { indentationOf, isBlank, type Line, linesOf, stateAfter } from "./lines";

const WIDE_TAB = 8;

/** Text that is pasted at an offset, indented as the lines around it are; strings in it stay. */
export function pasted(file: FileText, at: number, text: string): string {
  const before = file.text.slice(0, at);
  const { quote, depth } = stateAfter(before);
  if (!file.python || quote !== "" || depth > 0) return text;
  const ahead = before.slice(before.lastIndexOf("\n") + 1);
  const size = file.indentation.size;
  const own = detectIndentation(file.text, size, true) !== null || ahead !== "";
  const unit = ahead.endsWith("\t") ? "\t" : localUnit(file, at);
  const wanted = own ? asIndentation(unit, size) : detectIndentation(text, size, true);
  if (wanted === null) return text;
  if (!isBlank(ahead)) return reindented(text, wanted, false);
  if (ahead === "") return reindented(text, wanted);
  return placed(text, wanted, ahead);
}

/** `begins`: the text begins in front of a line; else its first characters are no indentation. */
export function reindented(text: string, wanted: Indentation, begins = true): string {
  const lines = linesOf(text, true);
  const own = lines.slice(begins ? 0 : 1);
  const columns = columnsOf(own, wanted);
  if (columns === null) return text;
  const kept = begins ? [] : [lines[0]?.text ?? ""];
  const unit = unitOf(wanted);
  return [
    ...kept,
    ...new Converter(columns, (level) => unit.repeat(level), unit).convert(own),
  ].join("\n");
}

/** The first line comes to where the cursor stands, behind `base`; the others keep their distance. */
function placed(text: string, wanted: Indentation, base: string): string {
  const lines = linesOf(text, true);
  const columns = columnsOf(lines, wanted) ?? { size: wanted.size, tab: wanted.size };
  const unit = unitOf(wanted);
  const first = firstLevel(lines, columns);
  const levels = Math.round(base.length / unit.length);
  const converter = new Converter(
    columns,
    (level) =>
      level >= first
        ? base + unit.repeat(level - first)
        : unit.repeat(Math.max(0, levels + level - first)),
    unit,
    first,
  );
  const [line = "", ...others] = converter.convert(lines);
  const begun = line.startsWith(base) ? line.slice(base.length) : line;
  return [begun, ...others].join("\n");
}

/** Of the first line, whose indentation may not have been copied with it: then the next line tells. */
function firstLevel(lines: readonly Line[], { size, tab }: Columns): number {
  const level = (line: Line) => Math.round(width(indentationOf(line.text), tab) / size);
  const [first, next] = statements(lines);
  if (!first) return 0;
  if (first !== lines[0] || level(first) > 0 || !next) return level(first);
  return Math.max(0, level(next) - (opensBlock(first) ? 1 : 0));
}

function opensBlock({ text }: Line): boolean {
  return /:\s*(?:#.*)?$/.test(text);
}

/** How wide a level and a tab of a text are. */
interface Columns {
  readonly size: number;
  readonly tab: number;
}

/** Null: the text is indented as wanted. */
function columnsOf(lines: readonly Line[], wanted: Indentation): Columns | null {
  const indented = lines
    .filter(({ start }) => start === "statement")
    .map((line) => indentationOf(line.text))
    .filter((one) => one !== "");
  const tabs = indented.some((one) => one.includes("\t"));
  const spaces = indented.some((one) => one.startsWith(" "));
  if (!tabs && !spaces) return null;
  if (tabs && !indented.some((one) => one.includes(" "))) {
    return wanted.tabs ? null : { size: wanted.size, tab: wanted.size };
  }
  const text = lines.map((line) => line.text).join("\n");
  const spaced = text.replace(/^\t.*$/gm, "");
  const size = detectIndentation(spaced, wanted.size, true)?.size ?? wanted.size;
  if (!tabs && !wanted.tabs && size === wanted.size) return null;
  return { size, tab: blocksAreDeeper(lines, size) ? size : WIDE_TAB };
}

/** Whether each block is indented more than what opens it, if a tab has so many columns. */
function blocksAreDeeper(lines: readonly Line[], tab: number): boolean {
  const code = statements(lines);
  return code.every((line, index) => {
    const opener = code[index - 1];
    if (!opener || !opensBlock(opener)) return true;
    const [inner, outer] = [line, opener].map((one) => width(indentationOf(one.text), tab));
    return (inner ?? 0) > (outer ?? 0);
  });
}

function width(indentation: string, tab: number): number {
  let columns = 0;
  for (const one of indentation) columns += one === "\t" ? tab - (columns % tab) : 1;
  return columns;
}

function asIndentation(unit: string, size: number): Indentation {
  return unit === "\t" ? { tabs: true, size } : { tabs: false, size: unit.length };
}

/** Gives lines another indentation, one after the other. */
class Converter {
  readonly #columns: Columns;
  readonly #indentation: (level: number) => string;
  readonly #unit: string;
  /** The level of a first line without indentation. */
  readonly #first: number;
  /** The columns of the statements around, where levels do not follow from them. */
  readonly #around: number[] = [0];
  #regular = true;
  /** The columns of the last statement before, and its indentation after. */
  #before = 0;
  #after = "";

  constructor(columns: Columns, indentation: (level: number) => string, unit: string, first = 0) {
    this.#columns = columns;
    this.#indentation = indentation;
    this.#unit = unit;
    this.#first = first;
  }

  convert(lines: readonly Line[]): string[] {
    const { size } = this.#columns;
    this.#regular = statements(lines).every((line) => this.#width(line) % size === 0);
    return lines.map((line, index) => this.#line(line, index === 0));
  }

  #line(line: Line, isFirst: boolean): string {
    const own = indentationOf(line.text);
    const rest = line.text.slice(own.length);
    if (line.start === "string") return line.text;
    if (line.start === "continuation") return this.#continued(line) + rest;
    // What follows the pasted text stands there.
    if (rest === "") return own === "" ? "" : this.#indentation(this.#blankLevel(line));
    const cut = isFirst && own === "";
    const level = cut ? this.#first : this.#level(line);
    this.#before = cut ? level * this.#columns.size : this.#width(line);
    this.#after = this.#indentation(level);
    return this.#after + rest;
  }

  #blankLevel(line: Line): number {
    return Math.floor(this.#width(line) / this.#columns.size);
  }

  #level(line: Line): number {
    const columns = this.#width(line);
    if (this.#regular) return Math.round(columns / this.#columns.size);
    while ((this.#around.at(-1) ?? 0) > columns) this.#around.pop();
    if ((this.#around.at(-1) ?? 0) < columns) this.#around.push(columns);
    return this.#around.length - 1;
  }

  /** As far to the right of its statement as before; whole levels stay levels. */
  #continued(line: Line): string {
    const more = Math.max(0, this.#width(line) - this.#before);
    const { size } = this.#columns;
    if (more % size === 0) return this.#after + this.#unit.repeat(more / size);
    return this.#after + " ".repeat(more);
  }

  #width(line: Line): number {
    return width(indentationOf(line.text), this.#columns.tab);
  }
}
