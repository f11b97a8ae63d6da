import type { Point } from "./scrolling";

export interface HandleUser {
  grabbed(): void;
  /** Where the end of the selection shall be. */
  moved(to: Point): void;
  dropped(): void;
}

/** One end of a selection, which a finger moves. */
export class SelectionHandle {
  readonly #element = document.createElement("div");
  /** From the finger to the end of the selection. */
  #offset: Point = { x: 0, y: 0 };
  #at: Point = { x: 0, y: 0 };

  constructor(end: "start" | "end", user: HandleUser) {
    this.#element.className = "selection-handle";
    this.#element.dataset.end = end;
    this.#element.hidden = true;
    const listen = (type: string, listener: (touch: Touch | undefined) => void) =>
      this.#element.addEventListener(
        type,
        (event) => {
          event.preventDefault();
          listener((event as TouchEvent).touches[0]);
        },
        { passive: false },
      );
    listen("touchstart", (touch) => {
      if (!touch) return;
      this.#offset = { x: this.#at.x - touch.clientX, y: this.#at.y - touch.clientY };
      user.grabbed();
    });
    listen("touchmove", (touch) => {
      if (!touch) return;
      user.moved({ x: touch.clientX + this.#offset.x, y: touch.clientY + this.#offset.y });
    });
    listen("touchend", () => user.dropped());
    listen("touchcancel", () => user.dropped());
    document.body.append(this.#element);
  }

  hide(): void {
    this.#element.hidden = true;
  }

  /** At the lower edge of its row; what it moves is half a row above. */
  place(x: number, bottom: number, rowHeight: number): void {
    this.#at = { x, y: bottom - rowHeight / 2 };
    this.#element.style.left = `${x}px`;
    this.#element.style.top = `${bottom}px`;
    this.#element.hidden = false;
  }
}
