import { t } from "../../common/i18n/translate";
import type { BrowserStorage } from "./browser_storage";

const MIN_PERCENT = 20;
const MAX_PERCENT = 80;
const STEP = 2;
const STACKED = "(max-width: 900px)";

/** Another bar than the one between code and terminal. */
export interface SplitterOptions {
  /** In the browser's storage; also of the variables in styles, `--<name>` and `--<name>-rest`. */
  readonly name: string;
  /** In percent, until the user moves it. */
  readonly start: number;
  /** Whether what it divides lies one above the other. */
  stacked(): boolean;
  label(stacked: boolean): string;
  /** What it divides. */
  room(): Pick<DOMRect, "left" | "top" | "width" | "height">;
}

/** The bar between code and terminal, moved with the pointer or the arrow keys. */
export class Splitter {
  readonly #bar: HTMLElement;
  readonly #storage: BrowserStorage;
  readonly #options: SplitterOptions;
  #percent = 50;

  constructor(bar: HTMLElement, storage: BrowserStorage, options?: SplitterOptions) {
    this.#bar = bar;
    this.#storage = storage;
    this.#options = options ?? this.#ofPanes();
    const { name, start } = this.#options;
    const stored = Number(storage.get(name) ?? start);
    this.#set(Number.isFinite(stored) ? stored : start);
    this.orient();
    bar.addEventListener("keydown", (event) => this.#key(event));
    bar.addEventListener("pointerdown", (event) => this.#startDrag(event));
    bar.addEventListener("pointermove", (event) => this.#drag(event));
    bar.addEventListener("lostpointercapture", () => this.#store());
    bar.addEventListener("dblclick", () => {
      this.#set(start);
      this.#store();
    });
  }

  /** After what it divides was laid out anew. */
  orient(): void {
    const stacked = this.#options.stacked();
    this.#bar.setAttribute("aria-orientation", stacked ? "horizontal" : "vertical");
    this.#bar.setAttribute("aria-label", this.#options.label(stacked));
  }

  #ofPanes(): SplitterOptions {
    const media = window.matchMedia(STACKED);
    media.addEventListener("change", () => this.orient());
    return {
      name: "split",
      start: 50,
      stacked: () => media.matches,
      label: (stacked) => t(stacked ? "splitter.height" : "splitter.width"),
      room: () => (this.#bar.parentElement ?? this.#bar).getBoundingClientRect(),
    };
  }

  #set(percent: number): void {
    this.#percent = Math.min(MAX_PERCENT, Math.max(MIN_PERCENT, percent));
    const { name } = this.#options;
    const style = this.#bar.parentElement?.style;
    style?.setProperty(`--${name}`, `${this.#percent}fr`);
    style?.setProperty(`--${name}-rest`, `${100 - this.#percent}fr`);
    this.#bar.setAttribute("aria-valuenow", String(Math.round(this.#percent)));
  }

  #store(): void {
    this.#storage.set(this.#options.name, this.#percent.toFixed(1));
  }

  #key(event: KeyboardEvent): void {
    const moves: Record<string, number> = {
      ArrowLeft: this.#percent - STEP,
      ArrowUp: this.#percent - STEP,
      ArrowRight: this.#percent + STEP,
      ArrowDown: this.#percent + STEP,
      Home: MIN_PERCENT,
      End: MAX_PERCENT,
    };
    const percent = moves[event.key];
    if (percent === undefined) return;
    event.preventDefault();
    this.#set(percent);
    this.#store();
  }

  #startDrag(event: PointerEvent): void {
    this.#bar.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  #drag(event: PointerEvent): void {
    if (!this.#bar.hasPointerCapture(event.pointerId)) return;
    const room = this.#options.room();
    const share = this.#options.stacked()
      ? (event.clientY - room.top) / room.height
      : (event.clientX - room.left) / room.width;
    this.#set(share * 100);
  }
}
