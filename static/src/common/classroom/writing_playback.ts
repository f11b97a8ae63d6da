import type { Paste, Played, Writing } from "../../protocol.gen";

/** Longer pauses are shortened to this. */
export const LONGEST_PAUSE_MS = 2000;

export interface Moment {
  /** On the clock of the playback, which has no long pauses. */
  readonly at: number;
  readonly edit: Played;
}

/** A writing as it is played: each edit at its time, and the text at any moment. Pure. */
export class WritingPlayback {
  readonly moments: readonly Moment[];
  readonly duration: number;
  #next = 0;
  #texts = new Map<string, string>();
  #path: string;
  #changed = 0;

  constructor(writing: Writing) {
    let at = 0;
    let before = writing.edits[0]?.ms ?? 0;
    this.moments = writing.edits.map((edit) => {
      at += Math.min(edit.ms - before, LONGEST_PAUSE_MS);
      before = edit.ms;
      return { at, edit };
    });
    this.duration = at;
    this.#path = writing.main;
  }

  /** The file that was edited last, its text, and the line of that edit, from 1. */
  get shown(): { readonly path: string; readonly text: string; readonly line: number } {
    const text = this.#texts.get(this.#path) ?? "";
    const line = text.slice(0, this.#changed).split("\n").length;
    return { path: this.#path, text, line };
  }

  seek(moment: number): void {
    if (this.#next > 0 && (this.moments[this.#next - 1]?.at ?? 0) > moment) {
      this.#next = 0;
      this.#texts = new Map();
    }
    while (this.#next < this.moments.length && (this.moments[this.#next]?.at ?? 0) <= moment) {
      this.#apply(this.moments[this.#next++]?.edit);
    }
  }

  /** When a paste is seen in the playback. */
  momentOf(paste: Paste): number {
    const found = this.moments.find(({ edit }) => edit.ms >= paste.ms && edit.path === paste.path);
    return found?.at ?? this.duration;
  }

  #apply(edit: Played | undefined): void {
    if (!edit) return;
    const before = this.#texts.get(edit.path) ?? "";
    const after = before.slice(0, edit.at) + edit.text + before.slice(edit.at + edit.removed);
    this.#texts.set(edit.path, after);
    this.#path = edit.path;
    this.#changed = edit.mark === "open" || edit.mark === "folded" ? 0 : edit.at + edit.text.length;
  }
}
