import { t } from "../../common/i18n/translate";
import type { BrowserStorage } from "./browser_storage";

const LEAST = 20;
const MOST = 80;
const STEP = 2;
const STACKED = "(max-width: 900px)";

/** Shares the room between code and terminal; by pointer, and by arrow keys. */
export class Splitter {
  readonly #bar: HTMLElement;
  readonly #storage: BrowserStorage;
  readonly #stacked = window.matchMedia(STACKED);
  #percent = 50;

  constructor(bar: HTMLElement, storage: BrowserStorage) {
    this.#bar = bar;
    this.#storage = storage;
    const kept = Number(storage.get("split") ?? 50);
    this.#set(Number.isFinite(kept) ? kept : 50);
    this.#orient();
    this.#stacked.addEventListener("change", () => this.#orient());
    bar.addEventListener("keydown", (event) => this.#key(event));
    bar.addEventListener("pointerdown", (event) => this.#grab(event));
    bar.addEventListener("pointermove", (event) => this.#drag(event));
    bar.addEventListener("lostpointercapture", () => this.#keep());
    bar.addEventListener("dblclick", () => {
      this.#set(50);
      this.#keep();
    });
  }

  #orient(): void {
    const stacked = this.#stacked.matches;
    this.#bar.setAttribute("aria-orientation", stacked ? "horizontal" : "vertical");
    this.#bar.setAttribute("aria-label", t(stacked ? "splitter.height" : "splitter.width"));
  }

  #set(percent: number): void {
    this.#percent = Math.min(MOST, Math.max(LEAST, percent));
    this.#bar.parentElement?.style.setProperty("--split", `${this.#percent}fr`);
    this.#bar.parentElement?.style.setProperty("--rest", `${100 - this.#percent}fr`);
    this.#bar.setAttribute("aria-valuenow", String(Math.round(this.#percent)));
  }

  #keep(): void {
    this.#storage.set("split", this.#percent.toFixed(1));
  }

  #key(event: KeyboardEvent): void {
    const moves: Record<string, number> = {
      ArrowLeft: this.#percent - STEP,
      ArrowUp: this.#percent - STEP,
      ArrowRight: this.#percent + STEP,
      ArrowDown: this.#percent + STEP,
      Home: LEAST,
      End: MOST,
    };
    const percent = moves[event.key];
    if (percent === undefined) return;
    event.preventDefault();
    this.#set(percent);
    this.#keep();
  }

  #grab(event: PointerEvent): void {
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
