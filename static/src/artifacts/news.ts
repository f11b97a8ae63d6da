import { make } from "./elements";

const LATER_MS = 400;

/** What screen readers read out. */
export class News {
  readonly element = make("p", { class: "visually-hidden", role: "status" });
  #timer = 0;

  /** What the user has done. */
  now(text: string): void {
    window.clearTimeout(this.#timer);
    this.element.textContent = text;
  }

  /** What the program has done: of ten things at once, the last. */
  later(text: string): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.now(text), LATER_MS);
  }
}
