import { beginning, utf8Length } from "../base/utf8";

export interface Input {
  readonly seq: number;
  readonly data: string;
}

/** In JSON six times as long at worst, and the server takes frames of 64 KiB. */
export const CHUNK_BYTES = 8 * 1024;
/** Sent ahead of the program; the server holds 256 KiB and 1024 messages. */
export const WINDOW_BYTES = 64 * 1024;
export const WINDOW_MESSAGES = 256;
/** A paste beyond this is refused: nobody types that much. */
export const WAITING_UNITS = 4 * 1024 * 1024;

const INTERRUPT = "\u0003";

/** Numbers what is typed, and keeps it until the program's terminal has it, over reconnects. */
export class InputOutbox {
  #unsent = "";
  #unacked: Input[] = [];
  #unackedBytes = 0;
  #last = 0;

  /** A run begins, or one that has had `seq` inputs is taken up. */
  reset(seq = 0): void {
    this.#unsent = "";
    this.#unacked = [];
    this.#unackedBytes = 0;
    this.#last = seq;
  }

  /** False when too much waits already: the text is not taken. */
  add(text: string): boolean {
    // As a terminal does: ^C throws away what the program has not been given.
    if (text === INTERRUPT) this.#unsent = "";
    if (this.#unsent.length + text.length > WAITING_UNITS) return false;
    this.#unsent += text.replace(/\p{Surrogate}/gu, "\ufffd");
    return true;
  }

  /** What may be sent now, in order. */
  take(): Input[] {
    const inputs: Input[] = [];
    while (
      this.#unsent &&
      this.#unackedBytes < WINDOW_BYTES &&
      this.#unacked.length < WINDOW_MESSAGES
    ) {
      const data = beginning(this.#unsent, CHUNK_BYTES);
      this.#unsent = this.#unsent.slice(data.length);
      this.#last += 1;
      const input = { seq: this.#last, data };
      inputs.push(input);
      this.#unacked.push(input);
      this.#unackedBytes += utf8Length(data);
    }
    return inputs;
  }

  acked(seq: number): void {
    this.#unacked = this.#unacked.filter((input) => input.seq > seq);
    this.#unackedBytes = this.#unacked.reduce((sum, input) => sum + utf8Length(input.data), 0);
    // After a reload the server knows of inputs that this page does not.
    this.#last = Math.max(this.#last, seq);
  }

  /** What to send again after a reconnect, with the numbers it had. */
  get unacked(): readonly Input[] {
    return this.#unacked;
  }
}
