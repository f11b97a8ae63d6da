import type { Edit } from "../../protocol.gen";

/** Typed on within this time, where the last edit ended, is one edit. */
const JOIN_MS = 2000;
/** As many characters at once are not typed. */
const AT_ONCE = 20;

/** Edits of a program as they are made, until they are taken to be sent. Pure. */
export class WritingRecorder {
  readonly #texts = new Map<string, string>();
  readonly #began: number;
  #edits: Edit[] = [];

  /** Times are in milliseconds, of any clock. */
  constructor(now: number) {
    this.#began = now;
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  /** What a file had when it was seen first; later calls say nothing new. */
  open(path: string, text: string, now: number): void {
    if (this.#texts.has(path)) return;
    this.#texts.set(path, text);
    this.#push({ path, at: 0, removed: 0, text, kind: "open" }, now);
  }

  changed(path: string, text: string, now: number): void {
    const before = this.#texts.get(path);
    if (before === undefined) this.open(path, text, now);
    if (before === undefined || before === text) return;
    this.#texts.set(path, text);
    const edit = difference(before, text);
    const kind = edit.text.length >= AT_ONCE ? "paste" : "type";
    if (!this.#join({ path, ...edit, kind }, now)) this.#push({ path, ...edit, kind }, now);
  }

  /** The oldest edits, at most that many; they stay until `sent`. */
  next(count: number): readonly Edit[] {
    return this.#edits.slice(0, count);
  }

  sent(count: number): void {
    this.#edits = this.#edits.slice(count);
    this.#sealed = true;
  }

  /** The last edit is on its way, so nothing is joined to it. */
  seal(): void {
    this.#sealed = true;
  }

  #sealed = false;

  #push(edit: Omit<Edit, "ms">, now: number): void {
    this.#edits.push({ ...edit, ms: Math.max(0, Math.round(now - this.#began)) });
    this.#sealed = false;
  }

  #join(edit: Omit<Edit, "ms">, now: number): boolean {
    const last = this.#edits.at(-1);
    if (!last || this.#sealed || edit.removed || last.removed) return false;
    if (last.kind !== "type" || edit.kind !== "type" || last.path !== edit.path) return false;
    if (edit.at !== last.at + last.text.length) return false;
    if (now - this.#began - last.ms > JOIN_MS || last.text.length >= AT_ONCE * 4) return false;
    this.#edits[this.#edits.length - 1] = { ...last, text: last.text + edit.text };
    return true;
  }
}

/** What changed between two texts, as one replacement; never through a surrogate pair. */
export function difference(
  before: string,
  after: string,
): { readonly at: number; readonly removed: number; readonly text: string } {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  if (at > 0 && isHigh(before.charCodeAt(at - 1))) at--;
  let end = 0;
  const left = most - at;
  while (
    end < left &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++;
  }
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end--;
  return {
    at,
    removed: before.length - end - at,
    text: after.slice(at, after.length - end),
  };
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
