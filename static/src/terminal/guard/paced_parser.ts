import type { InputHandler } from "./internals";

/**
 * How long the parser works before the page may handle keys and draw. Each stop costs a flood about
 * 4 ms, and a frame that nobody can read; a task of more than 50 ms delays keys and clicks.
 */
export const TURN_MS = 25;
/** Parsed between two looks at the clock. The slowest bytes take 15 µs each, in a very wide terminal. */
const SLICE = 2 * 1024;

type Data = string | Uint8Array;

/** The parser of a terminal, which stops in time, whatever it parses, and survives its own errors. */
export class PacedParser {
  #turnEnds = 0;
  #data: Data | null = null;
  #at = 0;
  /** The slice in which a control sequence has asked for a pause. */
  #paused: Data | null = null;
  #depth = 0;
  #skips = false;
  #began: (data: Data) => void = () => undefined;
  #sliced: (slice: Data) => void = () => undefined;
  readonly #input: InputHandler;
  readonly #parse: InputHandler["parse"];
  readonly #now: () => number;

  constructor(input: InputHandler, now: () => number) {
    this.#input = input;
    this.#now = now;
    this.#parse = input.parse.bind(input);
    input.parse = (data, result) => this.#go(data, result);
  }

  /** What the terminal sends now is its answer to what it parses. */
  get parsing(): boolean {
    return this.#depth > 0;
  }

  /** A control sequence that has taken long asks whether to pause after it. */
  get turnIsOver(): boolean {
    return this.#now() >= this.#turnEnds;
  }

  /** `began` is called when data that was written is about to be parsed. */
  whenBegun(began: (data: Data) => void): void {
    this.#began = began;
  }

  /** `sliced` is called with the next bytes that are parsed. */
  whenSliced(sliced: (slice: Data) => void): void {
    this.#sliced = sliced;
  }

  /** What remains of the data that is being parsed is not wanted any more. */
  skip(): void {
    this.#skips = this.#data !== null;
  }

  #go(data: Data, result?: boolean): undefined | Promise<boolean> {
    this.#turnEnds = this.#now() + TURN_MS;
    if (this.#data === null) {
      this.#data = data;
      this.#at = 0;
      this.#began(data);
    }
    let pause = this.#paused === null ? this.#next(data) : this.#slice(this.#paused, result);
    while (!pause && this.#at < data.length && !this.#skips) {
      if (this.turnIsOver) return Promise.resolve(true);
      pause = this.#next(data);
    }
    if (!pause) [this.#data, this.#skips] = [null, false];
    return pause;
  }

  #next(data: Data): undefined | Promise<boolean> {
    const from = this.#at;
    this.#at = Math.min(data.length, from + SLICE);
    // Surrogates may stand on both sides of a cut: the decoder keeps the first.
    const slice =
      typeof data === "string" ? data.slice(from, this.#at) : data.subarray(from, this.#at);
    this.#sliced(slice);
    return this.#slice(slice);
  }

  #slice(slice: Data, result?: boolean): undefined | Promise<boolean> {
    this.#depth += 1;
    try {
      const pause = this.#parse(slice, result);
      this.#paused = pause ? slice : null;
      return pause;
    } catch (error) {
      // Else nothing would be parsed any more, and the program would wait for ever.
      console.error("The terminal could not show some of the output:", error);
      this.#paused = null;
      this.#input._parseStack.paused = false;
      this.#input._parser.reset();
      return undefined;
    } finally {
      this.#depth -= 1;
    }
  }
}
