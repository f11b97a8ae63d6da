import type { Terminal } from "@xterm/xterm";
import { t } from "../../common/i18n/translate";
import type { Point } from "./scrolling";
import { type Area, type BarAction, SelectionBar } from "./selection_bar";
import { SelectionHandle } from "./selection_handle";
import { cellsOf, TouchGrid } from "./touch_grid";
import { type Range, whole, wordAt } from "./word";

/** Near an edge the output scrolls, by a line in that time. */
const EDGE_MS = 70;

/** Text of a terminal is selected by a finger that is held, and by the handles at both ends. */
export class TouchSelection {
  readonly #terminal: Terminal;
  readonly #grid: TouchGrid;
  readonly #actions: () => readonly BarAction[];
  readonly #bar = new SelectionBar(t("terminal.selection"));
  readonly #handles: readonly [SelectionHandle, SelectionHandle];
  /** What stays selected while an end moves. */
  #fixed: Range = [0, 0];
  #open = false;
  #scrolls = 0;

  constructor(terminal: Terminal, pane: HTMLElement, actions: () => readonly BarAction[]) {
    this.#terminal = terminal;
    this.#grid = new TouchGrid(terminal, pane);
    this.#actions = actions;
    const handle = (end: "start" | "end") =>
      new SelectionHandle(end, {
        grabbed: () => this.#grab(end),
        moved: (to) => this.#extend(to),
        dropped: () => this.lift(),
      });
    this.#handles = [handle("start"), handle("end")];
    const replace = () => this.#place();
    terminal.onRender(replace);
    terminal.onScroll(replace);
    terminal.onSelectionChange(() => {
      if (this.#open && !terminal.hasSelection()) this.close();
    });
    for (const type of ["scroll", "resize"]) {
      window.addEventListener(type, replace, { capture: true, passive: true });
    }
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.#open || !(target instanceof Element)) return;
      if (target.closest(".selection-bar, .selection-handle")) return;
      // A tap on the terminal ends a selection later, and a swipe keeps it.
      if (!terminal.hasSelection() || !pane.contains(target)) this.close();
    });
  }

  /** Selects the word at a point; in empty space, only offers what can be done. */
  hold(at: Point): void {
    const cells = cellsOf(this.#terminal);
    const index = this.#grid.indexAt(at);
    const word = wordAt(cells, index);
    this.#terminal.clearSelection();
    this.#open = true;
    this.#fixed = word ?? whole(cells, [index, index]);
    if (word) this.#select(word);
  }

  /** The finger that selected a word moves on. */
  drag(at: Point): void {
    this.#extend(at);
  }

  /** Shows handles and bar. */
  lift(): void {
    this.#stopScrolling();
    if (!this.#open) return;
    this.#bar.show(this.#actions().map((action) => this.#closing(action)));
    this.#place();
  }

  /** Where nothing is selected afterwards, no other event says that the bar has been used. */
  #closing(action: BarAction): BarAction {
    const run = () => {
      action.run();
      if (!this.#terminal.hasSelection()) this.close();
    };
    return { ...action, run };
  }

  close(): void {
    this.#open = false;
    this.#stopScrolling();
    this.#bar.hide();
    for (const handle of this.#handles) handle.hide();
  }

  /** The end that does not move keeps its place. */
  #grab(end: "start" | "end"): void {
    const [from, to] = this.#grid.selected() ?? this.#fixed;
    const other = end === "start" ? to : from;
    this.#fixed = [other, other];
    this.#bar.hide();
  }

  #extend(to: Point): void {
    this.#stopScrolling();
    this.#selectTo(to);
    const lines = this.#grid.linesBeyond(to);
    if (lines === 0) return;
    // A finger above or below the screen selects more and more.
    this.#scrolls = window.setInterval(() => {
      this.#terminal.scrollLines(lines);
      this.#selectTo(to);
    }, EDGE_MS);
  }

  #selectTo(to: Point): void {
    const index = this.#grid.indexAt(to);
    const [from, end] = this.#fixed;
    this.#select([Math.min(from, index), Math.max(end, index >= end ? index + 1 : end)]);
  }

  #stopScrolling(): void {
    window.clearInterval(this.#scrolls);
    this.#scrolls = 0;
  }

  #select(range: Range): void {
    const [from, to] = whole(cellsOf(this.#terminal), range);
    const { cols } = this.#terminal;
    if (to > from) this.#terminal.select(from % cols, Math.floor(from / cols), to - from);
    this.#place();
  }

  /** Puts handles and bar where the selection is now; without one the bar is where the finger was. */
  #place(): void {
    if (!this.#open) return;
    const range = this.#grid.selected() ?? this.#fixed;
    const [from, to] = [this.#grid.placeOf(range[0]), this.#grid.placeOf(range[1], true)];
    const [start, end] = this.#handles;
    const shown = range[1] > range[0];
    if (shown && from.visible) start.place(from.x, from.bottom, this.#grid.rowHeight);
    else start.hide();
    if (shown && to.visible) end.place(to.x, to.bottom, this.#grid.rowHeight);
    else end.hide();
    if (!this.#bar.shown) return;
    const oneRow = from.bottom === to.bottom;
    const { room } = this.#grid;
    const selected: Area = {
      left: oneRow ? from.x : room.left,
      right: oneRow ? to.x : room.right,
      top: Math.max(room.top, from.bottom - this.#grid.rowHeight),
      bottom: Math.min(room.bottom, to.bottom),
    };
    this.#bar.place(selected, room);
  }
}
