import { diffArrays } from "diff";
import type { TextEdit } from "../../common/problems/problem";

/** Words that are added, removed or moved; with more of them the rest is replaced at once. */
const MOST_CHANGED_WORDS = 600;
const WORDS = /[\p{L}\p{N}_]+|\S/gu;
const [HIGH, LOW] = [/[\uD800-\uDBFF]/, /[\uDC00-\uDFFF]/];
const QUOTES = new Set(["'", '"']);

interface Word {
  readonly text: string;
  /** Offset of its first character in its text, in UTF-16 code units. */
  readonly start: number;
}

/**
 * The edits that make `after` of `before`, in the order of their places. They are small, so that
 * the cursor and marks stay at their words.
 *
 * Formatters change the blanks between nearly all words, and few words: so the words are compared,
 * and what stands between two words that stay is edited. To compare lines instead would cost the
 * square of the number of lines, as most of them differ.
 */
export function textEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const edits: TextEdit[] = [];
  let [from, inserted] = [0, 0];
  const replace = (to: number, insert: string) => {
    const edit = trimmed(from, before.slice(from, to), insert);
    if (edit.from < edit.to || edit.insert) edits.push(edit);
  };
  for (const [old, its] of wordsThatStay(wordsOf(before), wordsOf(after))) {
    const same = old.text === its.text;
    const [to, end] = same ? [old.start, its.start] : [ends(old), ends(its)];
    replace(to, after.slice(inserted, end));
    [from, inserted] = [ends(old), ends(its)];
  }
  replace(before.length, after.slice(inserted));
  return edits;
}

/** Each as it was and as it is: quotes may have become others. None where too much has changed. */
function wordsThatStay(before: readonly Word[], after: readonly Word[]): [Word, Word][] {
  const changes = diffArrays([...before], [...after], {
    comparator: (one, other) => one.text === other.text || areQuotes(one, other),
    maxEditLength: MOST_CHANGED_WORDS,
  });
  const stay: [Word, Word][] = [];
  let [one, other] = [0, 0];
  for (const { added, removed, count } of changes ?? []) {
    if (!added && !removed) {
      for (let index = 0; index < count; index += 1) {
        stay.push([before[one + index] as Word, after[other + index] as Word]);
      }
    }
    if (!added) one += count;
    if (!removed) other += count;
  }
  return stay;
}

function areQuotes(one: Word, other: Word): boolean {
  return QUOTES.has(one.text) && QUOTES.has(other.text);
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORDS)].map((found) => ({ text: found[0], start: found.index }));
}

function ends({ text, start }: Word): number {
  return start + text.length;
}

function trimmed(from: number, before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  // No edit divides a character of two code units: editors would move it.
  if (HIGH.test(before[start - 1] ?? "")) start -= 1;
  if (LOW.test(before.at(-end) ?? "") && end > 0) end -= 1;
  const insert = after.slice(start, after.length - end);
  return { from: from + start, to: from + before.length - end, insert };
}

/** The text after edits that do not overlap. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { from, to, insert } of [...edits].sort((one, other) => other.from - one.from)) {
    result = result.slice(0, from) + insert + result.slice(to);
  }
  return result;
}
