import type { Timer } from "./timer";

/** For tests: time passes when they say so. */
export class FakeTimer implements Timer {
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

  elapse(): void {
    const due = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const callback of due) callback();
  }
}
