import type { Timer } from "../base/timer";

/** For this long, pressing Run may change nothing that is visible. */
export const HOLD_MS = 60;

/**
 * Holds back the visible changes of a start until its first output can be drawn with them. A browser
 * draws one frame after the other: output that comes while it draws "Starting" waits for that frame.
 */
export class StartHold {
  #timeout: unknown = null;
  readonly #timer: Timer;
  readonly #released: () => void;

  constructor(timer: Timer, released: () => void) {
    this.#timer = timer;
    this.#released = released;
  }

  get holding(): boolean {
    return this.#timeout !== null;
  }

  /** Run was pressed. */
  begin(): void {
    this.#timeout ??= this.#timer.set(() => this.release(), HOLD_MS);
  }

  release(): void {
    if (this.#timeout === null) return;
    this.#timer.clear(this.#timeout);
    this.#timeout = null;
    this.#released();
  }
}
