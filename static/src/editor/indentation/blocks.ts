import { statements } from "./detect";
import { type Edit, type FileText, levelBefore, lineAround, replaced } from "./levels";
import { indentationOf, type Line, linesOf, type ReadState } from "./lines";

const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** Patterns of blocks are tried on lines up to that length, and brackets looked for as far back. */
const LONGEST = 1000;
const FARTHEST = 100_000;

export function opensBlock(
  { python, blocks }: FileText,
  state: ReadState,
  before: string,
): boolean {
  if (python) return state.depth === 0 && state.last === ":";
  return before.length <= LONGEST && (blocks?.opens?.test(before) ?? false);
}

/**
 * Where a line belongs that ends a block, such as `end` or `else`: one level less than what is above,
 * which belongs to that block, unless it opens it. Its own indentation for any other line.
 */
export function closedLevel(
  file: FileText,
  line: Pick<Line, "from" | "text">,
  own: string,
): string {
  const { python, blocks, text } = file;
  const closes = !python && line.text.length <= LONGEST && blocks?.closes?.test(line.text);
  const above = statements(linesOf(text.slice(0, line.from), false)).at(-1);
  if (!closes || !above) return own;
  const there = indentationOf(above.text);
  const opens = above.text.length <= LONGEST && blocks?.opens?.test(above.text);
  const level = opens ? there : levelBefore(file, { from: line.from, text: there });
  const follows = opens || there === own;
  return follows && level.length < own.length && own.startsWith(level) ? level : own;
}

/** A closing bracket before `at`, the first of its line: to the indentation of the opening one. */
export function closer({ text, python }: FileText, at: number): Edit | null {
  const line = lineAround(text, at);
  const own = indentationOf(line.text);
  const opening = OPENING[text[at - 1] ?? ""];
  if (python || opening === undefined || line.from + own.length !== at - 1) return null;
  const open = openingBefore(text, at - 1, opening);
  if (open < 0) return null;
  const level = indentationOf(lineAround(text, open).text);
  return level === own ? null : replaced(line.from, own, level, at);
}

/** The offset of the bracket that the one at `at` closes; strings and comments count as code. */
export function openingBefore(text: string, at: number, opening: string): number {
  const closing = text[at];
  let depth = 0;
  for (let place = at; place >= Math.max(0, at - FARTHEST); place -= 1) {
    if (text[place] === closing) depth += 1;
    else if (text[place] === opening) depth -= 1;
    if (depth === 0) return place;
  }
  return -1;
}
