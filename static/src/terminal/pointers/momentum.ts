/** The speed of a finger is that of its movements in so many milliseconds. */
const WINDOW_MS = 80;
/** So long after the last one, it rests. */
const REST_MS = 150;
/** After that time, a glide has lost 63 % of its speed. */
const SLOWING_MS = 325;
/** In pixels per millisecond. */
const SLOWEST = 0.05;
const FASTEST = 6;

interface Sample {
  readonly y: number;
  readonly time: number;
}

/** Where a finger has been, to know how fast it leaves the screen. */
export class FingerSpeed {
  #samples: Sample[] = [];

  add(y: number, time: number): void {
    // A browser that is busy reports less often: the last movement counts in any case.
    const kept = this.#samples.filter((one) => time - one.time <= WINDOW_MS);
    this.#samples = [...(kept.length > 0 ? kept : this.#samples.slice(-1)), { y, time }];
  }

  /** In pixels per millisecond; downwards is positive. A finger that rests before it leaves has none. */
  at(time: number): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.time <= first.time || time - last.time > REST_MS) return 0;
    return (last.y - first.y) / (last.time - first.time);
  }
}

/** The movement that goes on when a finger has left the screen, and slows down. */
export class Glide {
  readonly #speed: number;
  readonly #began: number;

  constructor(speed: number, began: number) {
    this.#speed = Math.max(-FASTEST, Math.min(FASTEST, speed));
    this.#began = began;
  }

  /** In pixels since it began. */
  distance(now: number): number {
    return this.#speed * SLOWING_MS * (1 - this.#left(now));
  }

  ended(now: number): boolean {
    return Math.abs(this.#speed) * this.#left(now) < SLOWEST;
  }

  #left(now: number): number {
    return Math.exp(-Math.max(0, now - this.#began) / SLOWING_MS);
  }
}
