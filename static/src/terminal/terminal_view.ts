import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import type { SearchAddon } from "@xterm/addon-search";
import { Terminal } from "@xterm/xterm";
import { wrapped } from "../common/i18n/format";
import { t } from "../common/i18n/translate";
import type { Theme } from "../common/preferences";
import { keySequence } from "../common/run/key_sequences";
import type { Grid, Screen } from "../common/run/run_session";
import { TERMINAL_THEMES } from "./theme";
import { TouchInput } from "./touch_input";

const FONT = '"JetBrains Mono Variable"';
const FONT_WAIT_MS = 300;
const FALLBACK_FONTS = "ui-monospace, Menlo, Consolas, monospace";
const SCROLLBACK_LINES = 10_000;
const OSC_CLIPBOARD = 52;

/** A full reset does not show a hidden cursor. */
const RESET = "\x1bc\x1b[?25h";
const HIDE_CURSOR = "\x1b[?25l";
/** Turns off modes: mouse reports, bracketed paste, application keypad, margins, colours. */
const LEAVE_MODES = "\x1b[?1000;1002;1003;1004;1006;2004l\x1b[?1l\x1b>\x1b[!p\x1b[0m";
/** Only on the alternate screen: the sequence also restores the saved cursor position. */
const LEAVE_OTHER_SCREEN = "\x1b[?1049l";
const DIM = "\x1b[90m";
const RED = "\x1b[31m";
const PLAIN = "\x1b[0m";

function noteLine(text: string, cols: number, colour = DIM): string {
  const lines = wrapped(`── ${text} ──`, cols);
  return `${colour}${lines.join("\r\n")}${PLAIN}\r\n`;
}

export interface TerminalOptions {
  /** In pixels. */
  readonly fontSize: number;
  readonly theme: Theme;
  readonly screenReader: boolean;
  readonly copyOnSelect: boolean;
}

export type Found = "found" | "nothing";

/** The screen of a run: xterm.js, fitted to its pane. */
export class TerminalView implements Screen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #pane: HTMLElement;
  readonly #touch: boolean;
  /** Counts runs: the final line of an earlier run is not written into a new one. */
  #runs = 0;
  #search: Promise<SearchAddon> | null = null;
  #copyOnSelect = false;

  constructor(pane: HTMLElement, touch: boolean) {
    this.#pane = pane;
    this.#touch = touch;
    this.#terminal = new Terminal({
      fontFamily: `${FONT}, ${FALLBACK_FONTS}`,
      fontSize: 14,
      lineHeight: 1.25,
      theme: TERMINAL_THEMES.dark,
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK_LINES,
      cursorBlink: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      macOptionIsMeta: true,
    });
    this.#terminal.loadAddon(this.#fit);
    // Programs must not read or write the clipboard.
    this.#terminal.parser.registerOscHandler(OSC_CLIPBOARD, () => true);
  }

  /** `resized` is called when the number of rows or columns changes. */
  async open(typed: (text: string) => void, resized: () => void): Promise<void> {
    const late = new Promise((resolve) => window.setTimeout(resolve, FONT_WAIT_MS));
    // xterm.js measures the cells once, so the font has to be loaded first.
    const font = document.fonts.load(`14px ${FONT}`);
    await Promise.race([font, late]);
    this.#terminal.open(this.#pane);
    void font.then(() => this.#measureAgain());
    const field = this.#terminal.textarea;
    field?.setAttribute("aria-label", t("terminal.label"));
    if (field && this.#touch) new TouchInput(field, typed);
    this.#fit.fit();
    this.setActive(false);
    this.#terminal.write(HIDE_CURSOR);
    this.#terminal.onData(typed);
    this.#terminal.onResize(resized);
    this.#pane.addEventListener("pointerup", () => this.#copySelection());
    let frame = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#fit.fit());
    }).observe(this.#pane);
  }

  get grid(): Grid {
    return { rows: this.#terminal.rows, cols: this.#terminal.cols };
  }

  /** Written as a sequence, because earlier output may not be parsed yet. */
  reset(): void {
    this.#runs += 1;
    this.#terminal.write(RESET);
  }

  write(data: Uint8Array, parsed: () => void): void {
    this.#terminal.write(data, parsed);
  }

  note(text: string): void {
    this.#terminal.write(`\r\n${noteLine(text, this.#terminal.cols)}`);
  }

  /** Waits until the output is parsed: only then is the cursor's position known. */
  end(text: string, success: boolean): void {
    const run = this.#runs;
    const after = (modes: string, then: () => void) =>
      this.#terminal.write(modes, () => {
        if (run === this.#runs) then();
      });
    after("", () => {
      const other = this.#terminal.buffer.active.type === "alternate";
      after((other ? LEAVE_OTHER_SCREEN : "") + LEAVE_MODES, () => {
        const newLine = this.#terminal.buffer.active.cursorX > 0 ? "\r\n" : "";
        const note = noteLine(text, this.#terminal.cols, success ? DIM : RED);
        this.#terminal.write(newLine + note + HIDE_CURSOR);
      });
    });
  }

  /** Whether the terminal accepts input. */
  setActive(active: boolean): void {
    this.#terminal.options.disableStdin = !active;
  }

  setOptions(options: TerminalOptions): void {
    this.#copyOnSelect = options.copyOnSelect;
    this.#terminal.options.screenReaderMode = options.screenReader;
    this.#terminal.options.theme = TERMINAL_THEMES[options.theme];
    this.#terminal.options.fontSize = options.fontSize;
    this.#terminal.options.minimumContrastRatio = options.theme === "contrast" ? 7 : 4.5;
    if (this.#terminal.element) this.#fit.fit();
  }

  /** The sequence of a key in the key row; arrows depend on the mode that the program has set. */
  sequence(key: string, ctrl: boolean): string {
    return keySequence(key, ctrl, this.#terminal.modes.applicationCursorKeysMode);
  }

  /** Selects the next match of `text`, upwards from the newest line. */
  async search(text: string, back: boolean): Promise<Found> {
    this.#search ??= this.#loadSearch();
    const search = await this.#search;
    const options = { caseSensitive: false, incremental: false };
    const found = back ? search.findPrevious(text, options) : search.findNext(text, options);
    return found ? "found" : "nothing";
  }

  endSearch(): void {
    this.#terminal.clearSelection();
  }

  /** Keeps the line with the cursor, which may be a prompt. */
  clear(): void {
    this.#terminal.clear();
  }

  /** Clears everything, and hides the cursor, because no program is running. */
  clearAll(): void {
    this.reset();
    this.#terminal.write(HIDE_CURSOR);
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** The whole buffer, with wrapped lines joined. */
  text(): string {
    const buffer = this.#terminal.buffer.active;
    const lines: string[] = [];
    for (let y = 0; y < buffer.length; y += 1) {
      const line = buffer.getLine(y);
      if (!line) continue;
      const wraps = buffer.getLine(y + 1)?.isWrapped ?? false;
      const text = line.translateToString(!wraps);
      if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    // Without the empty rows below; a prompt keeps the space at its end.
    return lines.join("\n").replace(/\n+$/, "");
  }

  /** Loads links and the faster renderer. The terminal works without them. */
  async loadExtras(): Promise<void> {
    try {
      const { WebLinksAddon } = await import("@xterm/addon-web-links");
      this.#terminal.loadAddon(new WebLinksAddon());
      // Phones have few WebGL contexts; a lost context would lose the screen.
      if (this.#touch) return;
      const { WebglAddon } = await import("@xterm/addon-webgl");
      const webgl = new WebglAddon();
      webgl.onContextLoss(() => webgl.dispose());
      this.#terminal.loadAddon(webgl);
    } catch {
      // The DOM renderer stays in use; it works everywhere.
    }
  }

  /** The cells were measured before the font was loaded. */
  #measureAgain(): void {
    this.#terminal.options.fontFamily = `${FONT}, monospace`;
    this.#terminal.options.fontFamily = `${FONT}, ${FALLBACK_FONTS}`;
    this.#fit.fit();
  }

  async #loadSearch(): Promise<SearchAddon> {
    try {
      const { SearchAddon } = await import("@xterm/addon-search");
      const search = new SearchAddon();
      this.#terminal.loadAddon(search);
      return search;
    } catch (error) {
      this.#search = null; // the next search tries again
      throw error;
    }
  }

  #copySelection(): void {
    const text = this.#terminal.getSelection();
    // If the browser refuses, Ctrl+Shift+C and the context menu still copy.
    if (this.#copyOnSelect && text) navigator.clipboard?.writeText(text).catch(() => undefined);
  }
}
