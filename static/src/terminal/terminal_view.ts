// size: one class, all that the page asks of its terminal
import "@xterm/xterm/css/xterm.css";
import "../styles/screen.css";
import { FitAddon } from "@xterm/addon-fit";
import type { Terminal } from "@xterm/xterm";
import { Emitter } from "../common/base/emitter";
import { t } from "../common/i18n/translate";
import { LONGEST_LINE } from "../common/languages/places";
import type { Theme } from "../common/preferences";
import type { Grid } from "../common/run/run_host";
import { keySequence } from "../common/screen/key_sequences";
import type { BellChoice } from "../protocol.gen";
import { type Bell, bellOf } from "./bell";
import { bufferText } from "./buffer_text";
import { bindTerminalMenu } from "./context_menu";
import { copyText } from "./copy_text";
import { colourOfProgram } from "./drawing/frame_colour";
import { loadWebgl, type RendererMemory } from "./drawing/renderer";
import { GuardedTerminal, type TerminalInput } from "./guard/guarded_terminal";
import { TerminalKeys } from "./keys/terminal_keys";
import { bindWheel, Scrolling } from "./pointers/scrolling";
import type { BarAction } from "./pointers/selection_bar";
import { bindTouch } from "./pointers/touch";
import { TouchInput } from "./pointers/touch_input";
import { RunScreen } from "./run_screen";
import { Finder } from "./text/finder";
import { lastLines } from "./text/logical_lines";
import { linkPlaces, type PlaceUser } from "./text/place_links";
import type { Tints } from "./text/tints";
import { MINIMUM_CONTRAST, TERMINAL_THEMES } from "./theme";

const FONT = '"JetBrains Mono Variable"';
const FONT_WAIT_MS = 300;
const FALLBACK_FONTS = "ui-monospace, Menlo, Consolas, monospace";
const SCROLLBACK_LINES = 10_000;

export interface TerminalOptions {
  /** In pixels. */
  readonly fontSize: number;
  readonly theme: Theme;
  readonly screenReader: boolean;
  readonly copyOnSelect: boolean;
  readonly bell: BellChoice;
  /** On a Mac, Option sends Esc before a key, and types no characters. */
  readonly optionIsMeta: boolean;
}

/** The terminal of the page: xterm.js, fitted to its pane. */
export class TerminalView {
  /** For the run that is shown. */
  readonly screen: RunScreen;
  readonly finder: Finder;
  /** What the bar beside text offers that was selected by touch. */
  touchActions: () => readonly BarAction[] = () => [];
  /** Whether its user has a touch screen, and no mouse. */
  touch = false;
  readonly #guarded: GuardedTerminal;
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #didAskForMenu = new Emitter<{ readonly x: number; readonly y: number }>();
  /** At a point of the window, in pixels. */
  readonly onDidAskForMenu = this.#didAskForMenu.event;
  readonly keys: TerminalKeys;
  readonly #pane: HTMLElement;
  readonly #bell: Bell;
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  #copyOnSelect = false;
  #active = false;
  #theme: Theme = "dark";
  #tints: Tints | null = null;
  #frameColour = "";
  #grid: Grid | null = null;

  constructor(pane: HTMLElement) {
    this.#pane = pane;
    this.#bell = bellOf(pane);
    this.#guarded = new GuardedTerminal({
      fontFamily: `${FONT}, ${FALLBACK_FONTS}`,
      fontSize: 14,
      lineHeight: 1.25,
      theme: TERMINAL_THEMES.dark,
      minimumContrastRatio: MINIMUM_CONTRAST.dark,
      scrollback: SCROLLBACK_LINES,
      // Of the page alone: colours over rows, see `tints`.
      allowProposedApi: true,
      cursorBlink: !this.#still,
    });
    this.#terminal = this.#guarded.terminal;
    this.screen = new RunScreen(this.#guarded);
    this.finder = new Finder(this.#terminal);
    this.keys = new TerminalKeys(this.#guarded, () => this.#active);
    this.#terminal.loadAddon(this.#fit);
  }

  /** `resized` is called when the number of rows or columns changes. */
  async open(input: TerminalInput, resized: () => void): Promise<void> {
    const { typed } = input;
    const late = new Promise((resolve) => window.setTimeout(resolve, FONT_WAIT_MS));
    // xterm.js measures the cells once, so the font has to be loaded first.
    const font = document.fonts.load(`14px ${FONT}`);
    await Promise.race([font, late]);
    this.#guarded.open(this.#pane);
    void font.then(() => this.#measureAgain());
    const field = this.#terminal.textarea;
    field?.setAttribute("aria-label", t("terminal.label"));
    if (field) new TouchInput(field, typed, () => this.touch);
    this.#fit.fit();
    this.showActive();
    this.screen.hideCursor();
    this.#guarded.onData({ ...input, typed: (text) => this.#active && typed(text) });
    this.#terminal.onResize(resized);
    this.#terminal.onWriteParsed(() => this.#colourFrame());
    this.#pane.addEventListener("pointerup", () => this.#copySelection());
    this.#guarded.onBell(() => this.#bell.ring());
    this.#bindPointers();
    let frame = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#fitNow());
    }).observe(this.#pane);
  }

  #bindPointers(): void {
    const scrolling = new Scrolling(this.#terminal);
    bindTerminalMenu(this.#terminal, this.#pane, (at) => this.#didAskForMenu.fire(at));
    bindWheel(this.#pane, scrolling, false);
    const actions = () => this.touchActions();
    bindTouch(this.#terminal, this.#pane, { scrolling, inPage: false, actions });
  }

  getSelection(): string {
    return this.#terminal.getSelection();
  }

  selectAll(): void {
    this.#terminal.selectAll();
  }

  clearSelection(): void {
    this.#terminal.clearSelection();
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  /** Whether the terminal accepts input. */
  get active(): boolean {
    return this.#active;
  }

  /**
   * Not by the option `disableStdin`: with each change of an option xterm.js measures and styles
   * everything again, which takes as long as drawing a frame. Changes nothing that is visible.
   */
  setActive(active: boolean): void {
    this.#active = active;
  }

  /** Lets the keyboard of a touch screen open. The browser then styles the field again. */
  showActive(): void {
    if (this.#terminal.textarea) this.#terminal.textarea.readOnly = !this.#active;
  }

  /**
   * The program reads from the terminal: the cursor is solid. On a touch screen, its keyboard opens
   * if the browser allows it, unless somebody is typing or choosing elsewhere.
   */
  setWaiting(waiting: boolean): void {
    this.#pane.dataset.waiting = String(waiting);
    // The DOM renderer takes as long as for a frame when an option changes, which would delay the
    // echo of an answer: there a style stops the blinking.
    const styled = this.#pane.querySelector(".xterm-rows") !== null;
    const blinks = !this.#still && (styled || !waiting);
    if (this.#terminal.options.cursorBlink !== blinks) this.#terminal.options.cursorBlink = blinks;
    if (waiting && this.touch && this.#mayTakeFocus()) this.focus();
  }

  /** Makes the browser compute the layout, which takes a part of a frame. */
  #mayTakeFocus(): boolean {
    const free = document.activeElement === null || document.activeElement === document.body;
    return free && this.#pane.offsetParent !== null;
  }

  setOptions(options: TerminalOptions): void {
    this.#copyOnSelect = options.copyOnSelect;
    this.#bell.choice = options.bell;
    this.#terminal.options.macOptionIsMeta = options.optionIsMeta;
    this.#terminal.options.screenReaderMode = options.screenReader;
    this.#theme = options.theme;
    this.#terminal.options.theme = TERMINAL_THEMES[options.theme];
    this.#terminal.options.fontSize = options.fontSize;
    this.#terminal.options.minimumContrastRatio = MINIMUM_CONTRAST[options.theme];
    this.#colourFrame();
    this.#tints?.refresh();
    if (this.#terminal.element) this.#fitNow();
  }

  /** The sequence of a key in the key row; arrows depend on the mode that the program has set. */
  sequence(key: string, ctrl: boolean): string {
    return keySequence(key, ctrl, this.#terminal.modes.applicationCursorKeysMode);
  }

  /** Keeps the line with the cursor, which may be a prompt. */
  clear(): void {
    this.screen.showReset();
    this.#terminal.clear();
  }

  /** Clears everything, and hides the cursor, because no program is running. */
  clearAll(): void {
    this.screen.reset();
    this.screen.hideCursor();
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** The whole buffer, with wrapped lines joined. */
  text(): string {
    if (this.screen.resetWaits) return "";
    return bufferText(this.#terminal.buffer.active);
  }

  /** What is in view, with its colours, in at most `most` characters. */
  async shown(most: number): Promise<{ screen: string; rows: number; cols: number }> {
    const { screenText } = await import("./screen_text");
    const { rows, cols, buffer } = this.#terminal;
    const screen = this.screen.resetWaits ? "" : screenText(buffer.active, rows, cols, most);
    return { screen, rows, cols };
  }

  /** The last lines as they were printed, not of a full-screen program; long ones are empty. */
  lastLines(count: number): string[] {
    return lastLines(this.#terminal.buffer.normal, count, LONGEST_LINE);
  }

  linkPlaces(user: PlaceUser): void {
    linkPlaces(this.#terminal, user);
  }

  /** Draws some of the last `most` lines in other colours. What it needs is loaded with the first use. */
  async tints(most: number): Promise<Tints> {
    const { Tints } = await import("./text/tints");
    this.#tints ??= new Tints(this.#terminal, () => TERMINAL_THEMES[this.#theme], most);
    return this.#tints;
  }

  /** Loads links and, where it is faster, the renderer that uses WebGL. */
  async loadExtras(memory: RendererMemory): Promise<void> {
    this.#guarded.stayAwake();
    try {
      const { WebLinksAddon } = await import("@xterm/addon-web-links");
      this.#terminal.loadAddon(new WebLinksAddon());
      // Phones have few WebGL contexts; a lost context would lose the screen.
      if (this.touch) return;
      await loadWebgl(this.#terminal, memory, () => this.screen.busy);
    } catch {
      // The DOM renderer stays in use; it works everywhere.
    }
  }

  #colourFrame(): void {
    const colour = colourOfProgram(this.#terminal, TERMINAL_THEMES[this.#theme]) ?? "";
    if (colour === this.#frameColour) return;
    this.#frameColour = colour;
    this.#pane.parentElement?.style.setProperty("background-color", colour);
  }

  /** The cells were measured before the font was loaded. */
  #measureAgain(): void {
    this.#terminal.options.fontFamily = `${FONT}, monospace`;
    this.#terminal.options.fontFamily = `${FONT}, ${FALLBACK_FONTS}`;
    this.#fitNow();
  }

  /** As large as the terminal of who types; null: as its pane. */
  setGrid(grid: Grid | null): void {
    this.#grid = grid;
    if (this.#terminal.element) this.#fitNow();
  }

  #fitNow(): void {
    if (this.#grid) this.#terminal.resize(this.#grid.cols, this.#grid.rows);
    else this.#fit.fit();
  }

  #copySelection(): void {
    const text = this.#terminal.getSelection();
    // If the browser refuses, Ctrl+Shift+C and the context menu still copy.
    if (this.#copyOnSelect && text) void copyText(text);
  }
}
