import { t } from "../../common/i18n/translate";
import type { BrowserStorage } from "./browser_storage";

const MIN_PERCENT = 20;
const MAX_PERCENT = 80;
const STEP = 2;
const STACKED = "(max-width: 900px)";

/** The bar between code and terminal, moved with the pointer or the arrow keys. */
export class Splitter {
  readonly #bar: HTMLElement;
  readonly #storage: BrowserStorage;
  readonly #stacked = window.matchMedia(STACKED);
  #percent = 50;

  constructor(bar: HTMLElement, storage: BrowserStorage) {
    this.#bar = bar;
    this.#storage = storage;
    const stored = Number(storage.get("split") ?? 50);
    this.#set(Number.isFinite(stored) ? stored : 50);
    this.#orient();
    this.#stacked.addEventListener("change", () => this.#orient());
    bar.addEventListener("keydown", (event) => this.#key(event));
    bar.addEventListener("pointerdown", (event) => this.#startDrag(event));
    bar.addEventListener("pointermove", (event) => this.#drag(event));
    bar.addEventListener("lostpointercapture", () => this.#store());
    bar.addEventListener("dblclick", () => {
      this.#set(50);
      this.#store();
    });
  }

  #orient(): void {
    const stacked = this.#stacked.matches;
    this.#bar.setAttribute("aria-orientation", stacked ? "horizontal" : "vertical");
    this.#bar.setAttribute("aria-label", t(stacked ? "splitter.height" : "splitter.width"));
  }

  #set(percent: number): void {
    this.#percent = Math.min(MAX_PERCENT, Math.max(MIN_PERCENT, percent));
    this.#bar.parentElement?.style.setProperty("--split", `${this.#percent}fr`);
    this.#bar.parentElement?.style.setProperty("--rest", `${100 - this.#percent}fr`);
    this.#bar.setAttribute("aria-valuenow", String(Math.round(this.#percent)));
  }

  #store(): void {
    this.#storage.set("split", this.#percent.toFixed(1));
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
    const room = this.#bar.parentElement?.getBoundingClientRect();
    if (!room) return;
    const share = this.#stacked.matches
      ? (event.clientY - room.top) / room.height
      : (event.clientX - room.left) / room.width;
    this.#set(share * 100);
  }
}
