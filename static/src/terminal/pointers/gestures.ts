import { FingerSpeed } from "./momentum";
import type { Point } from "./scrolling";

/** What one finger does on a pane. Taps, and two fingers, are the browser's. */
export interface FingerUser {
  /** A finger is put down. True: it only ends a movement, and is no tap. */
  touched(): boolean;
  /** It moves up or down: false leaves the movement to the browser. */
  mayScroll(down: boolean): boolean;
  /** By so many pixels; downwards is positive. */
  scroll(pixels: number, at: Point): void;
  /** It left the screen while it moved, at a speed in pixels per millisecond. */
  fling(speed: number, at: Point): void;
  /** It was held, may move now, and is lifted. */
  hold(at: Point): void;
  drag(at: Point): void;
  lift(): void;
}

/** As long as other parts of phones take a touch for a long one. */
const HOLD_MS = 500;
/** A finger never keeps still. */
const STILL_PX = 10;
/** These follow the finger themselves. */
const OWN = ".scrollbar, .selection-handle, .selection-bar";

type State = "none" | "down" | "stopping" | "scrolling" | "holding";

export class Gestures {
  readonly #user: FingerUser;
  #state: State = "none";
  #start: Point = { x: 0, y: 0 };
  #last: Point = { x: 0, y: 0 };
  #speed = new FingerSpeed();
  #timer = 0;

  constructor(pane: HTMLElement, user: FingerUser) {
    this.#user = user;
    const listen = (type: string, listener: (event: TouchEvent) => void) =>
      pane.addEventListener(type, (event) => listener(event as TouchEvent), { passive: false });
    listen("touchstart", (event) => this.#begin(event));
    listen("touchmove", (event) => this.#move(event));
    listen("touchend", (event) => this.#end(event));
    listen("touchcancel", () => this.#stop());
  }

  #begin(event: TouchEvent): void {
    const [touch] = event.touches;
    this.#stop();
    if (event.touches.length !== 1 || !touch || (event.target as Element).closest(OWN)) return;
    this.#start = this.#last = point(touch);
    this.#speed = new FingerSpeed();
    this.#speed.add(this.#last.y, event.timeStamp);
    this.#state = this.#user.touched() ? "stopping" : "down";
    this.#timer = window.setTimeout(() => this.#hold(), HOLD_MS);
  }

  #hold(): void {
    this.#state = "holding";
    this.#user.hold(this.#start);
  }

  #move(event: TouchEvent): void {
    const [touch] = event.touches;
    if (!touch || this.#state === "none") return;
    const at = point(touch);
    const resting = this.#state === "down" || this.#state === "stopping";
    if (resting && !this.#leaves(at)) return;
    if (event.cancelable) event.preventDefault();
    this.#speed.add(at.y, event.timeStamp);
    if (this.#state === "holding") this.#user.drag(at);
    else this.#user.scroll(at.y - this.#last.y, at);
    this.#last = at;
  }

  /** Whether the finger begins to scroll. */
  #leaves({ x, y }: Point): boolean {
    const [across, down] = [x - this.#start.x, y - this.#start.y];
    if (Math.hypot(across, down) < STILL_PX) return false;
    window.clearTimeout(this.#timer);
    const vertical = Math.abs(down) >= Math.abs(across);
    this.#state = vertical && this.#user.mayScroll(down > 0) ? "scrolling" : "none";
    return this.#state === "scrolling";
  }

  #end(event: TouchEvent): void {
    const state = this.#state;
    if (state === "holding") this.#user.lift();
    if (state === "scrolling") this.#user.fling(this.#speed.at(event.timeStamp), this.#last);
    // Otherwise it would be a click, too: that takes the focus, and opens the keyboard.
    if (state !== "none" && state !== "down" && event.cancelable) event.preventDefault();
    this.#state = "none";
    window.clearTimeout(this.#timer);
  }

  /** Another finger came, or the browser has taken the touch. */
  #stop(): void {
    if (this.#state === "holding") this.#user.lift();
    this.#state = "none";
    window.clearTimeout(this.#timer);
  }
}

function point({ clientX, clientY }: Touch): Point {
  return { x: clientX, y: clientY };
}
