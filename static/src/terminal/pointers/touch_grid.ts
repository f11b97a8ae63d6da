import type { Terminal } from "@xterm/xterm";
import type { Point } from "./scrolling";
import type { Area } from "./selection_bar";
import type { Cells, Range } from "./word";

/** The lines that a terminal keeps, as cells in reading order. */
export function cellsOf(terminal: Terminal): Cells {
  const { cols } = terminal;
  const buffer = terminal.buffer.active;
  return {
    cols,
    count: buffer.length * cols,
    sign: (index) => {
      const cell = buffer.getLine(Math.floor(index / cols))?.getCell(index % cols);
      if (!cell || cell.getWidth() === 0) return cell ? "" : " ";
      return cell.getChars() || " ";
    },
    continues: (row) => buffer.getLine(row)?.isWrapped ?? false,
  };
}

interface Place {
  /** Of the cell's left edge, or of its right one. */
  readonly x: number;
  /** Of its row. */
  readonly bottom: number;
  readonly visible: boolean;
}

/** Between points of the window and cells of a terminal. */
export class TouchGrid {
  readonly #terminal: Terminal;
  readonly #pane: HTMLElement;

  constructor(terminal: Terminal, pane: HTMLElement) {
    this.#terminal = terminal;
    this.#pane = pane;
  }

  get #box(): DOMRect {
    const screen = this.#pane.querySelector(".xterm-screen") ?? this.#pane;
    return screen.getBoundingClientRect();
  }

  get rowHeight(): number {
    return this.#box.height / this.#terminal.rows;
  }

  /** Where the bar may be. */
  get room(): Area {
    return this.#pane.getBoundingClientRect();
  }

  /** The cell at a point; points outside count as the nearest cell. */
  indexAt({ x, y }: Point): number {
    const { left, top, width, height } = this.#box;
    const { rows, cols, buffer } = this.#terminal;
    const inside = (at: number, size: number) => Math.max(0, Math.min(size - 1, Math.floor(at)));
    const row = inside(((y - top) / height) * rows, rows);
    const column = inside(((x - left) / width) * cols, cols);
    return (buffer.active.viewportY + row) * cols + column;
  }

  /** -1 above the screen, 1 below it, otherwise 0. */
  linesBeyond({ y }: Point): number {
    const { top, bottom, height } = this.#box;
    const edge = height / this.#terminal.rows / 2;
    if (y < top + edge) return -1;
    return y > bottom - edge ? 1 : 0;
  }

  selected(): Range | null {
    const position = this.#terminal.getSelectionPosition();
    if (!position) return null;
    const { cols } = this.#terminal;
    const { start, end } = position;
    return [start.y * cols + start.x, end.y * cols + end.x];
  }

  /** `end`: of the cell before, which is the last one of a range. */
  placeOf(index: number, end = false): Place {
    const { left, top, width, height } = this.#box;
    const { rows, cols, buffer } = this.#terminal;
    const cell = end && index > 0 ? index - 1 : index;
    const row = Math.floor(cell / cols) - buffer.active.viewportY;
    const column = (cell % cols) + (end && index > 0 ? 1 : 0);
    return {
      x: left + (column * width) / cols,
      bottom: top + ((row + 1) * height) / rows,
      visible: row >= 0 && row < rows,
    };
  }
}
