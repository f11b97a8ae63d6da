import type { Timer } from "../base/timer";
import { AckBatch } from "../run/ack_batch";
import { OutputCursor } from "../run/output_cursor";

/** Of a frame to the server, without its header. */
export const FRAME_BYTES = 60 * 1024;
/** More unacknowledged bytes are not kept: the program does not read. */
export const WAITING_BYTES = 192 * 1024;
const HEADER_BYTES = 8;

export interface SideChannelHost {
  readonly timer: Timer;
  /** False if there is no connection. */
  send(frame: Uint8Array<ArrayBuffer>): boolean;
  ack(channel: number, offset: number): void;
  /** New bytes, each once and in order. */
  received(data: Uint8Array): void;
  /** Bytes are gone for good; what comes next continues behind them. */
  skipped(): void;
}

interface Frame {
  readonly seq: number;
  readonly data: Uint8Array;
}

/** The page's end of one channel beside the terminal, for one run. Survives reconnects. */
export class SideChannel {
  readonly #number: number;
  readonly #host: SideChannelHost;
  readonly #cursor = new OutputCursor();
  readonly #acks: AckBatch;
  #unacked: Frame[] = [];
  #waiting: Uint8Array[] = [];
  #last = 0;
  /** The server has said how much has arrived. */
  #open = false;

  constructor(number: number, host: SideChannelHost) {
    this.#number = number;
    this.#host = host;
    this.#acks = new AckBatch((offset) => host.ack(number, offset), host.timer);
  }

  /** Where to go on, for `attach`. */
  get offset(): number {
    return this.#cursor.expected;
  }

  /** False if more waits than is kept. */
  send(data: Uint8Array): boolean {
    const waiting = [...this.#waiting, ...this.#unacked.map((frame) => frame.data)];
    const held = waiting.reduce((sum, { length }) => sum + length, 0);
    if (held + data.length > WAITING_BYTES) return false;
    for (let start = 0; start < data.length; start += FRAME_BYTES) {
      this.#waiting.push(data.subarray(start, start + FRAME_BYTES));
    }
    this.#sendWaiting();
    return true;
  }

  /** The connection is lost: nothing is sent before the server says what has arrived. */
  detached(): void {
    this.#open = false;
  }

  /** `channel_ack`: every frame up to `seq` has arrived. Returns whether the channel opened by it. */
  acked(seq: number): boolean {
    this.#unacked = this.#unacked.filter((frame) => frame.seq > seq);
    const opened = !this.#open;
    if (opened) {
      this.#open = true;
      // This tab may have sent frames before a reload that this page does not know of.
      this.#last = Math.max(this.#last, seq);
      for (const frame of this.#unacked) this.#host.send(this.#encoded(frame));
    }
    this.#sendWaiting();
    return opened;
  }

  output(offset: number, data: Uint8Array): void {
    const result = this.#cursor.take(offset, data);
    // What is missing is sent again by the server, or announced as a gap.
    if (result.kind !== "new") return;
    this.#host.received(result.data);
    this.#acks.parsed(this.#cursor.expected);
  }

  gap(to: number): void {
    if (this.#cursor.skip(to) > 0) this.#host.skipped();
    this.#acks.parsed(this.#cursor.expected);
  }

  /** Acknowledges what is there, before the run ends. */
  flush(): void {
    this.#acks.flush();
  }

  #sendWaiting(): void {
    if (!this.#open) return;
    for (const data of this.#waiting.splice(0)) {
      this.#last += 1;
      const frame = { seq: this.#last, data };
      this.#unacked.push(frame);
      this.#host.send(this.#encoded(frame));
    }
  }

  #encoded({ seq, data }: Frame): Uint8Array<ArrayBuffer> {
    const frame = new Uint8Array(HEADER_BYTES + data.length);
    new DataView(frame.buffer).setBigUint64(0, BigInt(seq));
    frame[0] = this.#number;
    frame.set(data, HEADER_BYTES);
    return frame;
  }
}
