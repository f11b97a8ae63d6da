/** Makes an element as large as the screen; where browsers do not allow it, as large as the page. */
export class FullScreen {
  readonly #element: HTMLElement;
  readonly #changed: (whole: boolean) => void;

  /** `changed`: also when the browser has ended it. */
  constructor(element: HTMLElement, changed: (whole: boolean) => void) {
    this.#element = element;
    this.#changed = changed;
    element.addEventListener("fullscreenchange", () => {
      if (document.fullscreenElement !== element) this.#set(false);
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.active || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      void this.end();
    });
  }

  get active(): boolean {
    return this.#element.dataset.whole === "true";
  }

  async toggle(): Promise<void> {
    if (this.active) return this.end();
    this.#set(true);
    // Not on iPhones, nor in frames that may not.
    await this.#element.requestFullscreen?.().catch(() => undefined);
  }

  async end(): Promise<void> {
    this.#set(false);
    if (document.fullscreenElement === this.#element) {
      await document.exitFullscreen().catch(() => undefined);
    }
  }

  #set(whole: boolean): void {
    if (whole === this.active) return;
    this.#element.dataset.whole = String(whole);
    this.#changed(whole);
  }
}
