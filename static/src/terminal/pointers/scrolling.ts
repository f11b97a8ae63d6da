import type { Terminal } from "@xterm/xterm";

/** A point of the window, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a wheel has to turn for one line, in pixels: a notch of most mice is three lines. */
const WHEEL_LINE_PX = 40;
const UP = "A";
const DOWN = "B";

/**
 * Who gets the movements of a wheel or finger: the output that has scrolled away, a full-screen program
 * as arrow keys, or a program that reads the mouse.
 */
export type ScrollTarget = "scrollback" | "keys" | "mouse";

export class Scrolling {
  readonly #terminal: Terminal;
  /** Of a line, from events that are smaller. */
  #part = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  get target(): ScrollTarget {
    const { mouseTrackingMode } = this.#terminal.modes;
    // The oldest mode reports buttons only.
    if (mouseTrackingMode !== "none" && mouseTrackingMode !== "x10") return "mouse";
    return this.#terminal.buffer.active.type === "alternate" ? "keys" : "scrollback";
  }

  /** Whether there is output to show above (`lines` < 0) or below. */
  has(lines: number): boolean {
    if (this.target !== "scrollback") return true;
    const { viewportY, baseY } = this.#terminal.buffer.active;
    return lines < 0 ? viewportY > 0 : viewportY < baseY;
  }

  /** Scrolls by whole lines, downwards if `lines` is positive; `at`: where the pointer is. */
  by(lines: number, at: Point): void {
    if (lines === 0) return;
    const { target } = this;
    if (target === "scrollback") this.#terminal.scrollLines(lines);
    else if (target === "keys") this.#press(lines);
    else this.#turnWheel(lines, at);
  }

  /** What a wheel event asks of a full-screen program that gets keys. */
  wheel({ deltaY, deltaMode, clientX, clientY }: WheelEvent): void {
    if (Math.sign(deltaY) !== Math.sign(this.#part)) this.#part = 0;
    if (deltaMode === WheelEvent.DOM_DELTA_PIXEL) this.#part += deltaY / WHEEL_LINE_PX;
    else if (deltaMode === WheelEvent.DOM_DELTA_LINE) this.#part += deltaY;
    else this.#part += deltaY * this.#terminal.rows;
    const lines = Math.trunc(this.#part);
    this.#part -= lines;
    this.by(lines, { x: clientX, y: clientY });
  }

  #press(lines: number): void {
    const { applicationCursorKeysMode } = this.#terminal.modes;
    const key = `\x1b${applicationCursorKeysMode ? "O" : "["}${lines < 0 ? UP : DOWN}`;
    this.#terminal.input(key.repeat(Math.min(Math.abs(lines), this.#terminal.rows)));
  }

  /** xterm.js reports it in the way that the program has asked for. */
  #turnWheel(lines: number, { x, y }: Point): void {
    const deltaMode = WheelEvent.DOM_DELTA_LINE;
    const place = { clientX: x, clientY: y, bubbles: true, cancelable: true };
    for (let left = Math.min(Math.abs(lines), this.#terminal.rows); left > 0; left -= 1) {
      const event = new WheelEvent("wheel", { deltaY: Math.sign(lines), deltaMode, ...place });
      this.#terminal.element?.dispatchEvent(event);
    }
  }
}

/**
 * Lets the mouse wheel work in full-screen programs, and Ctrl with it enlarge the page. `readOnly`: no
 * program gets anything from here, so that the page itself scrolls.
 */
export function bindWheel(pane: HTMLElement, scrolling: Scrolling, readOnly: boolean): void {
  pane.addEventListener(
    "wheel",
    (event) => {
      const { target } = scrolling;
      // xterm.js would take the event from the browser.
      if (event.ctrlKey || (readOnly && target !== "scrollback")) event.stopPropagation();
      else if (target === "keys") {
        event.preventDefault();
        event.stopPropagation();
        scrolling.wheel(event);
      }
    },
    { capture: true, passive: false },
  );
}
