import type { Timer } from "../base/timer";

/** The server allows 256 KiB in flight: an eighth of it per ack keeps a flood flowing. */
export const ACK_BYTES = 32 * 1024;
/** The longest delay of an acknowledgement, when a program prints little. */
export const ACK_DELAY_MS = 50;

/** Acknowledges parsed output in batches: every 32 KiB, and at the latest after ACK_DELAY_MS. */
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

  /** The terminal has parsed every byte before `offset`. */
  parsed(offset: number): void {
    if (offset <= this.#parsed) return;
    this.#parsed = offset;
    if (this.#parsed - this.#acked >= ACK_BYTES) this.flush();
    else this.#waiting ??= this.#timer.set(() => this.flush(), ACK_DELAY_MS);
  }

  flush(): void {
    this.#cancel();
    if (this.#parsed === this.#acked) return;
    this.#acked = this.#parsed;
    this.#send(this.#acked);
  }

  /** A new run starts at offset 0. */
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
