import type { Timer } from "./timer";

/** A timer for tests: timeouts run when `elapse` is called. */
export class FakeTimer implements Timer {
  /** What the clock says; tests set it. */
  at = 0;
  #waiting = new Map<number, () => void>();
  #handles = 0;

  set(callback: () => void): number {
    this.#handles += 1;
    this.#waiting.set(this.#handles, callback);
    return this.#handles;
  }

  clear(handle: unknown): void {
    this.#waiting.delete(handle as number);
  }

  now(): number {
    return this.at;
  }

  elapse(): void {
    const due = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const callback of due) callback();
  }
}
