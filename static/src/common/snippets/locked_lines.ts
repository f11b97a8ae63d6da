import type { TextEdit } from "../problems/problem";

/** Whether a text still has the locked lines: each block as whole lines, in this order. */
export function keepsLines(text: string, blocks: readonly string[]): boolean {
  const lines = `\n${text}\n`;
  let from = 0;
  for (const block of blocks) {
    const at = lines.indexOf(`\n${block}\n`, from);
    if (at < 0) return false;
    from = at + block.length + 1;
  }
  return true;
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

function back(text: string, good: string): TextEdit {
  const most = Math.min(text.length, good.length);
  let from = 0;
  while (from < most && text[from] === good[from]) from++;
  let end = 0;
  while (end < most - from && text[text.length - 1 - end] === good[good.length - 1 - end]) end++;
  return { from, to: text.length - end, insert: good.slice(from, good.length - end) };
}
