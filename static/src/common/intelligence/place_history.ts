import type { CodePlace } from "./answers";

const MOST = 50;

/** Places that a user has jumped away from, the newest last. */
export class PlaceHistory {
  readonly #places: CodePlace[] = [];

  add(place: CodePlace): void {
    this.#places.push(place);
    if (this.#places.length > MOST) this.#places.shift();
  }

  /** The newest one in a file that there is still, which is then no longer in the list. */
  takeLast(paths: readonly string[]): CodePlace | null {
    for (let last = this.#places.pop(); last; last = this.#places.pop()) {
      if (paths.includes(last.path)) return last;
    }
    return null;
  }
}
