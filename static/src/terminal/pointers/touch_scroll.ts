import type { Terminal } from "@xterm/xterm";
import { Glide } from "./momentum";
import type { Point, Scrolling } from "./scrolling";

/** Scrolls a terminal as a finger moves, and after it has left. */
export class TouchScroll {
  readonly #terminal: Terminal;
  readonly #scrolling: Scrolling;
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)");
  /** In pixels: less than a line. */
  #rest = 0;
  #frame = 0;

  constructor(terminal: Terminal, scrolling: Scrolling) {
    this.#terminal = terminal;
    this.#scrolling = scrolling;
  }

  /** Ends a glide; whether there was one. */
  stop(): boolean {
    const glides = this.#frame !== 0;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#rest = 0;
    return glides;
  }

  /** The finger draws the text with it: downwards, earlier lines come. */
  by(pixels: number, at: Point): void {
    if (Math.sign(pixels) !== Math.sign(this.#rest)) this.#rest = 0;
    this.#rest += pixels;
    const lines = Math.trunc(this.#rest / this.#lineHeight);
    this.#rest -= lines * this.#lineHeight;
    this.#scrolling.by(-lines, at);
  }

  /** Only what was printed glides: a program would get keys that nobody meant. */
  glide(speed: number, at: Point): void {
    if (this.#scrolling.target !== "scrollback" || this.#still.matches) return;
    const glide = new Glide(speed, performance.now());
    let done = 0;
    const step = () => {
      const now = performance.now();
      const distance = glide.distance(now);
      this.by(distance - done, at);
      done = distance;
      const goes = !glide.ended(now) && this.#scrolling.has(-Math.sign(speed));
      this.#frame = goes ? requestAnimationFrame(step) : 0;
    };
    this.#frame = requestAnimationFrame(step);
  }

  get #lineHeight(): number {
    const screen = this.#terminal.element?.querySelector(".xterm-screen");
    return (screen?.clientHeight ?? 0) / this.#terminal.rows || 1;
  }
}
