import { type ITerminalInitOnlyOptions, type ITerminalOptions, Terminal } from "@xterm/xterm";
import type { WantsAnswers } from "../../common/screen/answers";
import { drawBoxes } from "../drawing/cell_drawing";
import { drawRightToLeft } from "../drawing/right_to_left";
import { boundJoining, boundLinks, boundSequences, gatherColours } from "./bounds";
import { joinCharacters } from "./character_cells";
import { type InputHandler, type Internals, internalsOf } from "./internals";
import { LineErase } from "./line_erase";
import { PacedParser } from "./paced_parser";
import { RecentBytes } from "./recent_bytes";
import { boundMeasuring } from "./sign_widths";
import { TabErase } from "./tab_erase";
import { alarmOfWorker, WakefulTimer } from "./wakeful_timer";
import { WriteTurns } from "./write_turns";

const OSC_CLIPBOARD = 52;
// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const ASCII = /^[\x00-\x7f]*$/;
/** A full reset leaves line feeds as they are, and does not show a hidden cursor. */
const RESET = "\x1bc\x1b[20l\x1b[?25h";
const RESTORE_COLOURS = "\x1b]104\x07\x1b]110\x07\x1b]111\x07\x1b]112\x07";
/** What the terminal reports by itself: where the mouse is, and that it has got or lost the focus. */
const isReport = (text: string) => text.startsWith("\x1b[") && "IOM<".includes(text.charAt(2));

interface Written {
  readonly wants: WantsAnswers | undefined;
  /** How often what was written had been skipped before. */
  readonly skipped: number;
}

export interface TerminalInput {
  /** What the user types, pastes or does with the mouse. */
  typed(text: string): void;
  /** What the terminal answers to a program that has asked. */
  answered(text: string): void;
}

/** An xterm.js terminal for output of strangers: no sequence of bytes keeps the page busy for long. */
export class GuardedTerminal {
  readonly terminal: Terminal;
  readonly #internals: Internals;
  readonly #parser: PacedParser;
  readonly #written = new WeakMap<Uint8Array, Written>();
  readonly #timer = new WakefulTimer(
    (callback) => setTimeout(callback),
    () => performance.now(),
  );
  #skipped = 0;
  #wants: WantsAnswers | undefined;
  /** Pieces of output that was printed for somebody else, or earlier, and are not parsed yet. */
  #past = 0;
  #recoloured = false;
  #opened = false;
  #rightToLeft = false;
  #didShowRightToLeft: () => void = () => undefined;

  constructor(options: ITerminalOptions & ITerminalInitOnlyOptions) {
    // A parser that meets an error writes it to the console, which takes 1000 times as long.
    this.terminal = new Terminal({ ...options, logLevel: "off" });
    const internals = internalsOf(this.terminal);
    this.#internals = internals;
    this.#parser = new PacedParser(internals._inputHandler, () => performance.now());
    this.#parser.whenBegun((data) => {
      const written = typeof data === "string" ? undefined : this.#written.get(data);
      this.#wants = written?.wants;
      if (written && written.skipped < this.#skipped) this.#parser.skip();
    });
    this.#takeTurns();
    boundSequences(this.terminal, internals._inputHandler, this.#parser);
    boundJoining(internals);
    boundLinks(internals);
    joinCharacters(internals, () => this.#showRightToLeft());
    this.#eraseWithTheKernel(internals._inputHandler);
    // Programs must not read or write the clipboard.
    this.terminal.parser.registerOscHandler(OSC_CLIPBOARD, () => true);
  }

  #eraseWithTheKernel(input: InputHandler): void {
    const recent = new RecentBytes();
    new LineErase(this.terminal, input);
    const tabs = new TabErase(input, recent);
    this.#parser.whenSliced((slice) => {
      tabs.begin(recent.end);
      if (typeof slice !== "string") recent.append(slice);
    });
  }

  /** Parses also in a hidden page as fast as output comes. Needs a file of the server. */
  stayAwake(): void {
    this.#timer.useAlarm(alarmOfWorker);
  }

  /** Also what add-ons write comes by here. */
  #takeTurns(): void {
    const { _inputHandler: input, _writeBuffer: buffer } = this.#internals;
    const turns = new WriteTurns({
      parse: (data, result) => input.parse(data, result),
      soon: (callback) => this.#timer.soon(callback),
      now: () => performance.now(),
      takeTyped: () => {
        const typed = buffer._didUserInput;
        buffer._didUserInput = false;
        return typed;
      },
      didParse: () => buffer._onWriteParsed.fire(),
    });
    buffer.write = (data, parsed) => turns.write(data, parsed);
  }

  open(pane: HTMLElement): void {
    this.terminal.open(pane);
    const inNextFrame = (then: () => void) => void window.requestAnimationFrame(then);
    drawBoxes(this.#internals);
    gatherColours(this.#internals, inNextFrame, () => {
      this.#recoloured = true;
    });
    boundMeasuring(this.#internals, {
      now: () => performance.now(),
      inNextFrame,
      draw: () => this.terminal.refresh(0, this.terminal.rows - 1),
    });
    this.#opened = true;
    if (this.#rightToLeft) this.#showRightToLeft();
  }

  /** `shown` is called once, when the first letter that is read from right to left is printed. */
  onRightToLeft(shown: () => void): void {
    this.#didShowRightToLeft = shown;
  }

  /** What makes the terminal as it was in the beginning. Changing colours takes long: not in vain. */
  get resetSequence(): string {
    const colours = this.#recoloured ? RESTORE_COLOURS : "";
    this.#recoloured = false;
    return RESET + colours;
  }

  /** What was written and is not parsed yet is of no interest any more. */
  skip(): void {
    this.#skipped += 1;
    this.#parser.skip();
  }

  /** What the terminal answers while it parses `data` goes to the program if it `wants` it. */
  write(data: string | Uint8Array, parsed?: () => void, wants?: WantsAnswers): void {
    if (typeof data !== "string") this.#written.set(data, { wants, skipped: this.#skipped });
    if (typeof data === "string" || wants) this.terminal.write(data, parsed);
    else this.#writePast(data, parsed);
  }

  #writePast(data: Uint8Array, parsed?: () => void): void {
    this.#past += 1;
    this.terminal.write(data, () => {
      this.#past -= 1;
      parsed?.();
    });
  }

  /** Not before it is needed: it makes every row slower to draw. */
  #showRightToLeft(): void {
    this.#rightToLeft = true;
    if (!this.#opened) return;
    drawRightToLeft(this.#internals);
    this.#didShowRightToLeft();
  }

  /** A program rings the bell now; output that is shown again does not. */
  onBell(rung: () => void): void {
    this.terminal.onBell(() => {
      if (this.#wants) rung();
    });
  }

  /** A key that was waited for will not come. */
  forgetDeadKey(): void {
    this.#internals._unprocessedDeadKey = false;
  }

  onData(input: TerminalInput): void {
    this.terminal.onData((text) => {
      if (this.#parser.parsing) {
        if (this.#wants?.()) input.answered(text);
      } else if (this.#past === 0 || !isReport(text)) {
        // A mode of the past, in which something is reported, may be over when all is parsed.
        input.typed(text);
      }
    });
    // Reports of the mouse in its oldest form, as bytes: input is text, so of those only what is ASCII.
    this.terminal.onBinary((bytes) => {
      if (this.#past === 0 && ASCII.test(bytes)) input.typed(bytes);
    });
  }
}
