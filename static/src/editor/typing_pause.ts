/** Nobody is typing who has not pressed a key for so long. */
export const PAUSE_MS = 400;
/** Who types without a pause gets the editor after this time. */
export const LONGEST_MS = 15_000;

export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Until the browser has nothing else to do. */
  idle(): Promise<void>;
}

/** Finds the moments in which a task of some milliseconds delays no key. */
export class TypingPause {
  #lastKey = Number.NEGATIVE_INFINITY;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keyPressed(): void {
    this.#lastKey = this.#clock.now();
  }

  async wait(): Promise<void> {
    const end = this.#clock.now() + LONGEST_MS;
    await this.#clock.idle();
    while (this.#rest > 0 && this.#clock.now() < end) {
      await this.#clock.sleep(this.#rest);
      await this.#clock.idle();
    }
  }

  /** Milliseconds until the pause is long enough. */
  get #rest(): number {
    return this.#lastKey + PAUSE_MS - this.#clock.now();
  }
}
