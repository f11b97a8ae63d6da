import type { Timer } from "../base/timer";

/** Whether the program that has printed something still wants the terminal's answers to it. */
export type WantsAnswers = () => boolean;

const TICK_MS = 500;
/** The page did nothing for that long: it was paused, or the computer slept. */
const PAUSED_MS = 2000;
/** So long after a pause, output may have waited for the page. */
const CATCHING_UP_MS = 1000;

interface Piece {
  readonly piece: Uint8Array;
  readonly wants: WantsAnswers | undefined;
}

/**
 * Which output of one run the terminal may answer. A program asks the terminal something by printing
 * a sequence. Output that is shown again, or late, asks in vain: the program has its answer, or has
 * given up, and would take another one for what the user types.
 */
export class Answers {
  #past = 0;
  #aliveAt = 0;
  #lateUntil = Number.NEGATIVE_INFINITY;
  #tick: unknown = null;
  readonly #timer: Timer;
  readonly #wants: WantsAnswers;

  constructor(timer: Timer, wants: WantsAnswers) {
    this.#timer = timer;
    this.#wants = wants;
  }

  /** This window was attached when the program had printed that much. */
  printedBefore(offset: number): void {
    this.#past = Math.max(this.#past, offset);
  }

  /** Output from offset `start`, which has just come: its pieces, and what each may ask for. */
  pieces(start: number, data: Uint8Array): readonly Piece[] {
    if (this.#tick === null) this.#begin();
    else this.#notePause();
    const wants = this.#timer.now() >= this.#lateUntil && this.#wants() ? this.#wants : undefined;
    const old = Math.min(Math.max(this.#past - start, 0), data.length);
    const pieces = [
      { piece: data.subarray(0, old), wants: undefined },
      { piece: data.subarray(old), wants },
    ];
    return pieces.filter(({ piece }) => piece.length > 0);
  }

  end(): void {
    if (this.#tick !== null) this.#timer.clear(this.#tick);
    this.#tick = null;
  }

  #begin(): void {
    this.#aliveAt = this.#timer.now();
    this.#tick = this.#timer.set(() => this.#keepTime(), TICK_MS);
  }

  #keepTime(): void {
    this.#notePause();
    this.#tick = this.#timer.set(() => this.#keepTime(), TICK_MS);
  }

  #notePause(): void {
    const now = this.#timer.now();
    if (now - this.#aliveAt > PAUSED_MS) this.#lateUntil = now + CATCHING_UP_MS;
    this.#aliveAt = now;
  }
}
