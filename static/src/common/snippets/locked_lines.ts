import type { TextEdit } from "../problems/problem";

/** Lines from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Whether a text still has the locked lines: each block as whole lines, in this order. */
export function keepsLines(text: string, blocks: readonly string[]): boolean {
  return placesOf(text, blocks) !== null;
}

/** Where the blocks begin, in characters; null: not all of them are there. */
function placesOf(text: string, blocks: readonly string[]): number[] | null {
  const lines = `\n${text}\n`;
  const places: number[] = [];
  let from = 0;
  for (const block of blocks) {
    const at = lines.indexOf(`\n${block}\n`, from);
    if (at < 0) return null;
    places.push(at);
    from = at + block.length + 1;
  }
  return places;
}

/** Keeps lines of starter code as they are, whichever editor changes the text. Pure. */
export class LockedLines {
  #path = "";
  #blocks: readonly string[] = [];
  #good: string | null = null;

  /** Of one file; where its text has lost them already, nothing is locked. */
  lock(path: string, blocks: readonly string[]): void {
    this.#path = path;
    this.#blocks = blocks;
    this.#good = null;
  }

  holds(path: string): boolean {
    return path === this.#path && this.#blocks.length > 0 && this.#good !== null;
  }

  /** Where they are now; none: the file may be changed everywhere. */
  ranges(path: string): readonly LineRange[] {
    const text = this.#good;
    if (text === null || !this.holds(path)) return [];
    return (placesOf(text, this.#blocks) ?? []).map((at, index) => {
      const first = lineOf(text, at);
      return { first, last: first + lineOf(this.#blocks[index] ?? "", Infinity) - 1 };
    });
  }

  /** The text of a file that is shown, or was changed. Null: it may stay; else what undoes it. */
  check(path: string, text: string): TextEdit | null {
    if (this.#blocks.length === 0 || path !== this.#path) return null;
    if (keepsLines(text, this.#blocks)) this.#good = text;
    else if (this.#good !== null) return back(text, this.#good);
    return null;
  }

  /** Another text is shown: what was before is no reason to undo it. */
  begin(path: string, text: string): void {
    if (path !== this.#path) return;
    this.#good = null;
    this.check(path, text);
  }
}

/** Of the character at an offset, from 1. */
function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

function back(text: string, good: string): TextEdit {
  const most = Math.min(text.length, good.length);
  let from = 0;
  while (from < most && text[from] === good[from]) from++;
  let end = 0;
  while (end < most - from && text[text.length - 1 - end] === good[good.length - 1 - end]) end++;
  return { from, to: text.length - end, insert: good.slice(from, good.length - end) };
}
