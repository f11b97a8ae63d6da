const FIRST_MS = 300;
const MOST_MS = 10_000;

/** Exponential backoff with jitter, so that the browsers of a class do not reconnect all at once. */
export class Backoff {
  #tries = 0;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  next(): number {
    const longest = Math.min(MOST_MS, FIRST_MS * 2 ** this.#tries);
    this.#tries += 1;
    return Math.max(FIRST_MS, longest * (0.5 + this.#random() / 2));
  }

  reset(): void {
    this.#tries = 0;
  }
}
