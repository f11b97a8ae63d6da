import type { InputHandler } from "./internals";
import type { RecentBytes } from "./recent_bytes";

const TAB_STOP = 8;
const MOST_TABS = 64;

/**
 * The kernel erases a tab in a typed line by steps back, as many as the tab had columns by its own
 * count. That is wrong behind wide characters, marks and colours: then the cursor goes to where the
 * tab began. A program's own steps back have another number.
 */
export class TabErase {
  /** Of the row: where its last tabs begin and end, and which tabs of the output they are. */
  readonly #from = new Int32Array(MOST_TABS);
  readonly #to = new Int32Array(MOST_TABS);
  readonly #offset = new Float64Array(MOST_TABS);
  readonly #nth = new Int32Array(MOST_TABS);
  #count = 0;
  #row = -1;
  /** Steps back so far, of those that erase the last tab; the kernel's number of them. */
  #steps = 0;
  #wanted = 0;
  #slice = 0;
  #tabsInSlice = 0;
  readonly #input: InputHandler;
  readonly #recent: RecentBytes;

  constructor(input: InputHandler, recent: RecentBytes) {
    this.#input = input;
    this.#recent = recent;
    const [tab, back] = [input.tab.bind(input), input.backspace.bind(input)];
    input.tab = () => {
      const from = input._activeBuffer.x;
      const handled = tab();
      this.#note(from);
      return handled;
    };
    input.backspace = () => {
      const erases = this.#count > 0 && this.#begins();
      const handled = back();
      if (erases) this.#step();
      return handled;
    };
  }

  /** A part of the output is about to be parsed, which begins at `offset`. */
  begin(offset: number): void {
    this.#slice = offset;
    this.#tabsInSlice = 0;
  }

  #note(from: number): void {
    const { x, y, ybase } = this.#input._activeBuffer;
    if (ybase + y !== this.#row) [this.#row, this.#count] = [ybase + y, 0];
    while (this.#count > 0 && (this.#to[this.#count - 1] ?? 0) > from) this.#count -= 1;
    if (this.#count < MOST_TABS) {
      this.#from[this.#count] = from;
      this.#to[this.#count] = x;
      this.#offset[this.#count] = this.#slice;
      this.#nth[this.#count] = this.#tabsInSlice;
      this.#count += 1;
    }
    this.#tabsInSlice += 1;
  }

  /** Whether a step back may be one of those that erase the last tab. */
  #begins(): boolean {
    const { x, y, ybase } = this.#input._activeBuffer;
    if (ybase + y !== this.#row) return false;
    const last = this.#count - 1;
    const to = this.#to[last] ?? 0;
    if (x === to) {
      const column = this.#recent.kernelColumn(this.#offset[last] ?? 0, this.#nth[last] ?? 0);
      this.#steps = 0;
      this.#wanted = column === null ? 0 : TAB_STOP - (column % TAB_STOP);
    }
    return this.#wanted > 0 && x === Math.max(0, to - this.#steps);
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps < this.#wanted) return;
    this.#count -= 1;
    this.#input._activeBuffer.x = this.#from[this.#count] ?? 0;
    [this.#steps, this.#wanted] = [0, 0];
  }
}
