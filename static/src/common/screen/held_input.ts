import type { Timer } from "../base/timer";

/** Most programs start sooner: what is typed before is then shown by the program's terminal alone. */
export const SHOW_AFTER_MS = 150;
const SHOWN_UNITS = 2000;

/** What shows text that is typed before a program runs. */
export interface HeldScreen {
  /** Shows it in place of all else; empty: nothing any more. */
  held(text: string): void;
}

/** Shows what is typed while a program is queued or starting, until its terminal shows it. */
export class HeldInput {
  #typed = "";
  #shown = false;
  #wait: unknown = null;
  readonly #screen: HeldScreen;
  readonly #timer: Timer;

  constructor(screen: HeldScreen, timer: Timer) {
    this.#screen = screen;
    this.#timer = timer;
  }

  /** `typed`: all that waits for the program. */
  show(typed: string): void {
    this.#typed = typed;
    if (this.#shown) this.#screen.held(asShown(typed));
    else this.#wait ??= this.#timer.set(() => this.#begin(), SHOW_AFTER_MS);
  }

  /** The program runs, or will not. */
  end(): void {
    if (this.#wait !== null) this.#timer.clear(this.#wait);
    this.#wait = null;
    if (this.#shown) this.#screen.held("");
    this.#shown = false;
  }

  #begin(): void {
    this.#wait = null;
    this.#shown = true;
    this.#screen.held(asShown(this.#typed));
  }
}

const BACKSPACES = "\u007f\b";
/** Sequences of keys without a letter, such as the arrow keys. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys begin with one
const KEY = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.)/g;

/** As a terminal would echo it: Backspace erases a character, Enter begins a line. */
export function asShown(typed: string): string {
  let shown = "";
  for (const one of typed.replace(KEY, "").slice(-SHOWN_UNITS)) {
    if (one === "\r" || one === "\n") shown += "\r\n";
    else if (BACKSPACES.includes(one)) shown = withoutLast(shown);
    else if (one < " " && one !== "\t") shown += `^${String.fromCharCode(one.charCodeAt(0) + 64)}`;
    else shown += one;
  }
  return shown;
}

/** Of this line: what was entered stays. */
function withoutLast(shown: string): string {
  return shown.endsWith("\n") ? shown : [...shown].slice(0, -1).join("");
}
