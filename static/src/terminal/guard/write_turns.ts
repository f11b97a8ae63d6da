type Data = string | Uint8Array;

interface Written {
  readonly data: Data;
  readonly parsed: (() => void) | undefined;
}

export interface WriteTurnsHost {
  /** A promise: parsing pauses, and is continued by a call with the same data. */
  parse(data: Data, result?: boolean): undefined | Promise<boolean>;
  /** Calls back soon, after the page had time to draw and to handle keys. */
  soon(callback: () => void): void;
  now(): number;
  /** Whether the user has typed since the last call: the echo is not to wait for a turn. */
  takeTyped(): boolean;
  didParse(): void;
}

/** After this time the page may draw; see xterm.js, whose own queue this replaces. */
const TURN_MS = 12;

/**
 * Parses what is written to a terminal, in order and in turns. xterm.js does the same by timeouts, which
 * browsers delay in hidden pages.
 */
export class WriteTurns {
  readonly #waiting: Written[] = [];
  #busy = false;
  readonly #host: WriteTurnsHost;

  constructor(host: WriteTurnsHost) {
    this.#host = host;
  }

  write(data: Data, parsed?: () => void): void {
    this.#waiting.push({ data, parsed });
    if (this.#busy) return;
    this.#busy = true;
    if (this.#host.takeTyped()) this.#turn();
    else this.#host.soon(() => this.#turn());
  }

  #turn(began = this.#host.now(), result?: boolean): void {
    let continued = result;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const pause = this.#host.parse(next.data, continued);
      continued = undefined;
      if (pause) {
        pause.then(
          (go) => this.#resume(began, go),
          () => this.#resume(began, false),
        );
        return;
      }
      this.#waiting.shift();
      next.parsed?.();
      if (this.#host.now() - began >= TURN_MS) break;
    }
    this.#busy = this.#waiting.length > 0;
    if (this.#busy) this.#host.soon(() => this.#turn());
    this.#host.didParse();
  }

  #resume(began: number, result: boolean): void {
    if (this.#host.now() - began < TURN_MS) this.#turn(began, result);
    else this.#host.soon(() => this.#turn(this.#host.now(), result));
  }
}
