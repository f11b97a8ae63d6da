import type { Terminal } from "@xterm/xterm";
import type { Grid, Screen } from "../common/run/run_host";
import { gapLine, noteLines } from "../common/run/run_text";
import type { WantsAnswers } from "../common/screen/answers";
import type { GuardedTerminal } from "./guard/guarded_terminal";
import { OutputQueue } from "./output_queue";

const HIDE_CURSOR = "\x1b[?25l";
/** Turns off modes: mouse reports, bracketed paste, application keypad, margins, colours. */
const LEAVE_MODES = "\x1b[?1000;1002;1003;1004;1006;2004l\x1b[?1l\x1b>\x1b[!p\x1b[0m";
/** Only on the alternate screen: the sequence also restores the saved cursor position. */
const LEAVE_OTHER_SCREEN = "\x1b[?1049l";
const DIM = "\x1b[90m";
const RED = "\x1b[31m";
const PLAIN = "\x1b[0m";

function noteLine(text: string, cols: number, colour = DIM): string {
  return `${colour}${noteLines(text, cols).join("\r\n")}${PLAIN}\r\n`;
}

/** What a run writes into the terminal: output, notes and the final line. */
export class RunScreen implements Screen {
  readonly #guarded: GuardedTerminal;
  readonly #terminal: Terminal;
  readonly #queue: OutputQueue;
  /** Counts runs: the final line of an earlier run is not written into a new one. */
  #runs = 0;
  #resetWaits = false;

  constructor(guarded: GuardedTerminal) {
    this.#guarded = guarded;
    this.#terminal = guarded.terminal;
    this.#queue = new OutputQueue(
      (data, parsed, wants) => guarded.write(data, parsed, wants),
      () => performance.now(),
    );
  }

  get grid(): Grid {
    return { rows: this.#terminal.rows, cols: this.#terminal.cols };
  }

  /** `shown` is called when text that is read from right to left is printed for the first time. */
  onRightToLeft(shown: () => void): void {
    this.#guarded.onRightToLeft(shown);
  }

  /** Output waits to be parsed. */
  get busy(): boolean {
    return this.#queue.busy;
  }

  /** What the terminal still shows is of the run before. */
  get resetWaits(): boolean {
    return this.#resetWaits;
  }

  /** Clears the screen with the next output, in one frame; `showReset` does not wait for it. */
  reset(): void {
    this.#runs += 1;
    this.#resetWaits = true;
    // A program may have printed what takes minutes to parse: it does not delay the next one.
    this.#queue.clear();
    this.#guarded.skip();
  }

  /** Written as a sequence, because earlier output may not be parsed yet. */
  showReset(): void {
    if (!this.#resetWaits) return;
    this.#resetWaits = false;
    this.#queue.push(this.#guarded.resetSequence);
  }

  write(data: Uint8Array | string, parsed?: () => void, wants?: WantsAnswers): void {
    this.showReset();
    this.#queue.push(data, parsed, wants);
  }

  /** Calls back when all that was written is parsed: it will be drawn in the next frame. */
  whenParsed(parsed: () => void): void {
    this.#queue.push("", parsed);
  }

  skip(): void {
    const bytes = this.#queue.clear();
    this.#guarded.skip();
    if (bytes > 0) this.note(gapLine(bytes));
  }

  held(text: string): void {
    this.#resetWaits = false;
    this.#queue.push(this.#guarded.resetSequence + text);
  }

  note(text: string): void {
    this.write(`\r\n${noteLine(text, this.#terminal.cols)}`);
  }

  /** Waits until the output is parsed: only then is the cursor's position known. */
  end(text: string, success: boolean): void {
    const run = this.#runs;
    const after = (modes: string, then: () => void) =>
      this.write(modes, () => {
        if (run === this.#runs) then();
      });
    after("", () => {
      const other = this.#terminal.buffer.active.type === "alternate";
      after((other ? LEAVE_OTHER_SCREEN : "") + LEAVE_MODES, () => {
        const newLine = this.#terminal.buffer.active.cursorX > 0 ? "\r\n" : "";
        const note = noteLine(text, this.#terminal.cols, success ? DIM : RED);
        this.write(newLine + note + HIDE_CURSOR);
      });
    });
  }

  /** Without a program the cursor is hidden. */
  hideCursor(): void {
    this.write(HIDE_CURSOR);
  }
}
