import type { Terminal } from "@xterm/xterm";
import { Gestures } from "./gestures";
import type { Scrolling } from "./scrolling";
import type { BarAction } from "./selection_bar";
import { TouchScroll } from "./touch_scroll";
import { TouchSelection } from "./touch_selection";

export interface TouchOptions {
  readonly scrolling: Scrolling;
  /** The page scrolls where the terminal cannot, and no program gets anything. */
  readonly inPage: boolean;
  /** What the bar beside selected text offers. */
  readonly actions: () => readonly BarAction[];
}

/** Lets fingers scroll a terminal and select its text; xterm.js knows only mice. */
export function bindTouch(terminal: Terminal, pane: HTMLElement, options: TouchOptions): void {
  const { scrolling, inPage, actions } = options;
  const selection = new TouchSelection(terminal, pane, actions);
  const scroll = new TouchScroll(terminal, scrolling);
  new Gestures(pane, {
    touched: () => scroll.stop(),
    mayScroll: (down) =>
      !inPage || (scrolling.target === "scrollback" && scrolling.has(down ? -1 : 1)),
    scroll: (pixels, at) => scroll.by(pixels, at),
    fling: (speed, at) => scroll.glide(speed, at),
    hold: (at) => selection.hold(at),
    drag: (at) => selection.drag(at),
    lift: () => selection.lift(),
  });
}
