import { diffArrays } from "diff";
import type { TextEdit } from "../../common/problems/problem";

/** More edited lines than this are replaced at once. */
const MOST_EDITS = 4000;
const MOST_EDITS_OF_LINE = 200;

/** Pieces of a text from an offset on, and what takes their place. */
interface Hunk {
  readonly from: number;
  readonly before: string[];
  readonly after: string[];
}

/**
 * The edits that make `after` of `before`: small ones, so that the cursor and marks stay where they
 * are. Lines that only look different are edited between their words.
 */
export function textEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const hunks = hunksOf(0, linesOf(before), linesOf(after), MOST_EDITS);
  return hunks ? hunks.flatMap(editsOf) : [trimmed(0, before, after)];
}

/** Null: there are more edits than `most`. */
function hunksOf(start: number, before: string[], after: string[], most: number): Hunk[] | null {
  const changes = diffArrays(before, after, { maxEditLength: most });
  if (!changes) return null;
  const hunks: Hunk[] = [];
  let [offset, same] = [start, true];
  for (const { added, removed, value } of changes) {
    const changed = added || removed;
    if (changed && same) hunks.push({ from: offset, before: [], after: [] });
    same = !changed;
    if (added) hunks.at(-1)?.after.push(...value);
    else offset += value.join("").length;
    if (removed) hunks.at(-1)?.before.push(...value);
  }
  return hunks;
}

function editsOf({ from, before, after }: Hunk): TextEdit[] {
  if (before.length !== after.length) return [trimmed(from, before.join(""), after.join(""))];
  let offset = from;
  return before.flatMap((line, index) => {
    const edits = inLine(offset, line, after[index] ?? "");
    offset += line.length;
    return edits;
  });
}

/** Between the words of one line. */
function inLine(from: number, before: string, after: string): TextEdit[] {
  const hunks = hunksOf(from, tokensOf(before), tokensOf(after), MOST_EDITS_OF_LINE);
  if (!hunks) return [trimmed(from, before, after)];
  return hunks.map((hunk) => ({
    from: hunk.from,
    to: hunk.from + hunk.before.join("").length,
    insert: hunk.after.join(""),
  }));
}

function trimmed(from: number, before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const insert = after.slice(start, after.length - end);
  return { from: from + start, to: from + before.length - end, insert };
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function tokensOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|./gsu) ?? [];
}

/** The text after edits that do not overlap. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { from, to, insert } of [...edits].sort((one, other) => other.from - one.from)) {
    result = result.slice(0, from) + insert + result.slice(to);
  }
  return result;
}
