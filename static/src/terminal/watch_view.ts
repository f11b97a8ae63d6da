import "@xterm/xterm/css/xterm.css";
import "../styles/screen.css";
import type { Terminal } from "@xterm/xterm";
import { wrapped } from "../common/i18n/format";
import { t } from "../common/i18n/translate";
import type { Theme } from "../common/preferences";
import type { Grid } from "../common/run/run_host";
import type { WatchScreen } from "../common/run/watch_session";
import { shownGrid } from "../common/screen/shown_grid";
import { copyText } from "./copy_text";
import { GuardedTerminal } from "./guard/guarded_terminal";
import { OutputQueue } from "./output_queue";
import { bindWheel, Scrolling } from "./pointers/scrolling";
import { bindTouch } from "./pointers/touch";
import { linkPlaces, type PlaceUser } from "./text/place_links";
import { TERMINAL_THEMES } from "./theme";

const FONT_MIN_PX = 12; // smaller is hard to read: a wide terminal scrolls instead
const FONT_WHOLE_PX = 6;
const FONT_MAX_PX = 15;
const CELL_WIDTH = 0.6; // of the font size
const LINE_HEIGHT = 1.25;
const SCROLLBACK_LINES = 10_000;
const DIM = "\x1b[90m";
const PLAIN = "\x1b[0m";

/** A terminal that only shows, as large as the one that is watched. */
export class WatchView implements WatchScreen {
  readonly #guarded: GuardedTerminal;
  readonly #terminal: Terminal;
  readonly #queue: OutputQueue;
  readonly #pane: HTMLElement;

  readonly #whole: boolean;

  /** `whole`: the pane has a height of its own, and shows all of the terminal, however small. */
  constructor(pane: HTMLElement, grid: Grid, whole = false) {
    this.#pane = pane;
    this.#whole = whole;
    this.#guarded = new GuardedTerminal({
      ...shownGrid(grid),
      fontFamily: getComputedStyle(pane).getPropertyValue("--mono"),
      fontSize: FONT_MIN_PX,
      lineHeight: LINE_HEIGHT,
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK_LINES,
      cursorInactiveStyle: "block",
      // No listener for `onData`: what the terminal answers to a program goes nowhere.
      disableStdin: true,
    });
    this.#terminal = this.#guarded.terminal;
    this.#queue = new OutputQueue(
      (data, parsed) => this.#guarded.write(data, parsed),
      () => performance.now(),
    );
  }

  async open(): Promise<void> {
    await document.fonts.load(`${FONT_MIN_PX}px ${this.#terminal.options.fontFamily}`);
    this.#guarded.open(this.#pane);
    this.#guarded.stayAwake();
    this.#terminal.textarea?.setAttribute("aria-label", t("watch.terminal"));
    this.#bindPointers();
    new ResizeObserver(() => this.#fitFont()).observe(this.#pane);
  }

  #bindPointers(): void {
    const scrolling = new Scrolling(this.#terminal);
    const actions = () => [
      { label: t("command.copy"), run: () => void copyText(this.#terminal.getSelection()) },
      { label: t("command.select_all"), run: () => this.#terminal.selectAll() },
    ];
    bindWheel(this.#pane, scrolling, true);
    bindTouch(this.#terminal, this.#pane, { scrolling, inPage: true, actions });
  }

  linkPlaces(user: PlaceUser): void {
    linkPlaces(this.#terminal, user);
  }

  write(data: Uint8Array, parsed: () => void): void {
    this.#queue.push(data, parsed);
  }

  /** Makes it empty and as large as in the beginning; what is not shown yet will not be. */
  restart(grid: Grid): void {
    this.#queue.clear();
    this.#guarded.skip();
    this.#queue.push(this.#guarded.resetSequence);
    this.resize(grid);
  }

  note(text: string): void {
    const lines = wrapped(`── ${text} ──`, this.#terminal.cols);
    this.#queue.push(`\r\n${DIM}${lines.join("\r\n")}${PLAIN}\r\n`);
  }

  /** After what was written before: a program draws again for the new size. */
  resize(grid: Grid): void {
    const { rows, cols } = shownGrid(grid);
    this.#queue.push("", () => {
      this.#terminal.resize(cols, rows);
      this.#fitFont();
    });
  }

  setTheme(theme: Theme): void {
    this.#terminal.options.theme = TERMINAL_THEMES[theme];
    this.#terminal.options.minimumContrastRatio = theme === "contrast" ? 7 : 4.5;
  }

  #fitFont(): void {
    const { cols, rows } = this.#terminal;
    const { paddingTop, paddingBottom, paddingLeft, paddingRight } = getComputedStyle(this.#pane);
    const inside = (size: number, ...paddings: readonly string[]) =>
      paddings.reduce((left, padding) => left - Number.parseFloat(padding), size);
    const wide = inside(this.#pane.clientWidth, paddingLeft, paddingRight) / (cols * CELL_WIDTH);
    const high = inside(this.#pane.clientHeight, paddingTop, paddingBottom) / (rows * LINE_HEIGHT);
    const size = Math.floor(this.#whole ? Math.min(wide, high) : wide);
    const least = this.#whole ? FONT_WHOLE_PX : FONT_MIN_PX;
    this.#terminal.options.fontSize = Math.min(FONT_MAX_PX, Math.max(least, size));
  }
}
