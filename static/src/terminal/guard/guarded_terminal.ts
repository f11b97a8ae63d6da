import { type ITerminalInitOnlyOptions, type ITerminalOptions, Terminal } from "@xterm/xterm";
import type { WantsAnswers } from "../../common/screen/answers";
import { drawBoxes } from "../drawing/cell_drawing";
import { boundJoining, boundLinks, boundSequences, gatherColours } from "./bounds";
import { type Internals, internalsOf } from "./internals";
import { PacedParser } from "./paced_parser";
import { boundMeasuring } from "./sign_widths";

const OSC_CLIPBOARD = 52;
// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const ASCII = /^[\x00-\x7f]*$/;

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
  #skipped = 0;
  #wants: WantsAnswers | undefined;

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
    boundSequences(this.terminal, internals._inputHandler, this.#parser);
    boundJoining(internals);
    boundLinks(internals);
    // Programs must not read or write the clipboard.
    this.terminal.parser.registerOscHandler(OSC_CLIPBOARD, () => true);
  }

  open(pane: HTMLElement): void {
    this.terminal.open(pane);
    const inNextFrame = (then: () => void) => void window.requestAnimationFrame(then);
    drawBoxes(this.#internals);
    gatherColours(this.#internals, inNextFrame);
    boundMeasuring(this.#internals, {
      now: () => performance.now(),
      inNextFrame,
      draw: () => this.terminal.refresh(0, this.terminal.rows - 1),
    });
  }

  /** What was written and is not parsed yet is of no interest any more. */
  skip(): void {
    this.#skipped += 1;
    this.#parser.skip();
  }

  /** What the terminal answers while it parses `data` goes to the program if it `wants` it. */
  write(data: string | Uint8Array, parsed?: () => void, wants?: WantsAnswers): void {
    if (typeof data !== "string") this.#written.set(data, { wants, skipped: this.#skipped });
    this.terminal.write(data, parsed);
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
      if (!this.#parser.parsing) input.typed(text);
      else if (this.#wants?.()) input.answered(text);
    });
    // Reports of the mouse in its oldest form, as bytes: input is text, so of those only what is ASCII.
    this.terminal.onBinary((bytes) => {
      if (ASCII.test(bytes)) input.typed(bytes);
    });
  }
}
