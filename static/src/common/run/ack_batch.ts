import type { Timer } from "../base/timer";

/** The server allows 256 KiB in flight: an eighth of it per ack keeps a flood flowing. */
export const ACK_BYTES = 32 * 1024;
/** A quiet program's output is acknowledged this much later, at most. */
export const ACK_QUIET_MS = 50;

/** Acknowledges what the terminal has parsed: at every 32 KiB, and when it is quiet. */
export class AckBatch {
  #parsed = 0;
  #acked = 0;
  #waiting: unknown = null;
  readonly #send: (offset: number) => void;
  readonly #timer: Timer;

  constructor(send: (offset: number) => void, timer: Timer) {
    this.#send = send;
    this.#timer = timer;
  }

  /** Every byte before `offset` is on the screen. */
  parsed(offset: number): void {
    if (offset <= this.#parsed) return;
    this.#parsed = offset;
    if (this.#parsed - this.#acked >= ACK_BYTES) this.flush();
    else this.#waiting ??= this.#timer.set(() => this.flush(), ACK_QUIET_MS);
  }

  flush(): void {
    this.#cancel();
    if (this.#parsed === this.#acked) return;
    this.#acked = this.#parsed;
    this.#send(this.#acked);
  }

  /** Another run begins at its first byte. */
  restart(): void {
    this.#cancel();
    this.#parsed = 0;
    this.#acked = 0;
  }

  #cancel(): void {
    if (this.#waiting !== null) this.#timer.clear(this.#waiting);
    this.#waiting = null;
  }
}
