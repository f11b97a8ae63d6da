import { utf8Length, utf8Prefix } from "../base/utf8";

export interface Input {
  readonly seq: number;
  readonly data: string;
}

/** The server accepts frames of 64 KiB, and JSON escapes can make text six times as long. */
export const CHUNK_BYTES = 8 * 1024;
/** Limit for unacknowledged input. The server buffers 256 KiB and 1024 messages. */
export const WINDOW_BYTES = 64 * 1024;
export const WINDOW_MESSAGES = 256;
/** More input than that is not kept for a program that does not read it, or does not run yet. */
export const WAITING_BYTES = 4 * 1024 * 1024;

/** With more waiting, the program does not read: it gets no more answers of the terminal. */
export const ANSWER_BYTES = 4 * 1024;

const INTERRUPT = "\u0003";

/** Numbers the input, and keeps it until the server acknowledges it, also across reconnects. */
export class InputOutbox {
  #unsent = "";
  #unsentBytes = 0;
  #unacked: Input[] = [];
  #unackedBytes = 0;
  #last = 0;

  /** A new run starts, or the page attaches to a run that has received `seq` inputs. */
  reset(seq = 0): void {
    this.#drop();
    this.#unacked = [];
    this.#unackedBytes = 0;
    this.#last = seq;
  }

  /** False if too much input is waiting: the text is dropped. */
  add(text: string): boolean {
    // Like a terminal, Ctrl+C discards input that the program has not read.
    if (text === INTERRUPT) this.#drop();
    const whole = text.replace(/\p{Surrogate}/gu, "\ufffd");
    const bytes = utf8Length(whole);
    if (this.#unsentBytes + bytes > WAITING_BYTES) return false;
    this.#unsent += whole;
    this.#unsentBytes += bytes;
    return true;
  }

  /** What was not sent yet. */
  get held(): string {
    return this.#unsent;
  }

  #drop(): void {
    this.#unsent = "";
    this.#unsentBytes = 0;
  }

  /** The inputs that the window allows to send now, in order. */
  take(): Input[] {
    const inputs: Input[] = [];
    while (
      this.#unsent &&
      this.#unackedBytes < WINDOW_BYTES &&
      this.#unacked.length < WINDOW_MESSAGES
    ) {
      const data = utf8Prefix(this.#unsent, CHUNK_BYTES);
      this.#unsent = this.#unsent.slice(data.length);
      this.#unsentBytes -= utf8Length(data);
      this.#last += 1;
      const input = { seq: this.#last, data };
      inputs.push(input);
      this.#unacked.push(input);
      this.#unackedBytes += utf8Length(data);
    }
    return inputs;
  }

  get takesAnswers(): boolean {
    return this.#unackedBytes + this.#unsentBytes < ANSWER_BYTES;
  }

  acked(seq: number): void {
    this.#unacked = this.#unacked.filter((input) => input.seq > seq);
    this.#unackedBytes = this.#unacked.reduce((sum, input) => sum + utf8Length(input.data), 0);
    // Before a reload, this tab may have sent inputs that this page does not know of.
    this.#last = Math.max(this.#last, seq);
  }

  /** The inputs to send again after a reconnect, with unchanged numbers. */
  get unacked(): readonly Input[] {
    return this.#unacked;
  }
}
