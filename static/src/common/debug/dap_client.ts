import type { Timer } from "../base/timer";
import { DapLines, encodeRequest, type Json, joined } from "./dap_lines";

/** A value whose text takes a program longer is not waited for. */
export const ANSWER_MS = 10_000;
const MOST_PENDING = 256;

export class DapError extends Error {
  override readonly name = "DapError";
  /** The program has not answered, as one does that computes a value for ever. */
  readonly late: boolean;

  constructor(message: string, late = false) {
    super(message);
    this.late = late;
  }
}

export interface DapHost {
  readonly timer: Timer;
  /** False if too much waits for the program. */
  send(data: Uint8Array): boolean;
  event(name: string, body: Json): void;
}

interface Pending {
  readonly resolve: (body: Json) => void;
  readonly reject: (error: DapError) => void;
  readonly timeout: unknown;
}

export interface Request {
  readonly command: string;
  readonly arguments?: Json;
}

/**
 * Requests to a debugger, their answers, and its events. Pure. Whatever comes is a program's word:
 * it is checked by who reads it.
 */
export class DapClient {
  readonly #host: DapHost;
  readonly #lines = new DapLines();
  readonly #pending = new Map<number, Pending>();
  #seq: number;

  /** `first`: higher than the number of any request that this run was sent before. */
  constructor(host: DapHost, first: number) {
    this.#host = host;
    this.#seq = first;
  }

  feed(data: Uint8Array): void {
    for (const message of this.#lines.feed(data)) this.#take(message);
  }

  /** Bytes are gone for good. */
  skip(): void {
    this.#lines.skip();
  }

  request(command: string, args: Json = {}): Promise<Json> {
    const [answer] = this.requests([{ command, arguments: args }]);
    return answer as Promise<Json>;
  }

  /** Several, which arrive together or not at all. */
  requests(asked: readonly Request[]): Promise<Json>[] {
    const parts: Uint8Array[] = [];
    const numbers: number[] = [];
    const answers = asked.map(({ command, arguments: args = {} }) => {
      this.#seq += 1;
      numbers.push(this.#seq);
      parts.push(encodeRequest({ seq: this.#seq, type: "request", command, arguments: args }));
      return this.#answer(this.#seq);
    });
    if (!this.#host.send(joined(parts))) {
      for (const seq of numbers) this.#reject(seq, new DapError("The program does not read."));
    }
    return answers;
  }

  /** The connection is gone: nothing is answered any more. */
  end(): void {
    for (const seq of [...this.#pending.keys()]) {
      this.#reject(seq, new DapError("The debugger is gone."));
    }
  }

  #answer(seq: number): Promise<Json> {
    const answer = new Promise<Json>((resolve, reject) => {
      const late = () => this.#reject(seq, new DapError("The program has not answered.", true));
      const timeout = this.#host.timer.set(late, ANSWER_MS);
      this.#pending.set(seq, { resolve, reject, timeout });
    });
    // Who asks and does not look at the answer needs no failure of it.
    answer.catch(() => undefined);
    if (this.#pending.size > MOST_PENDING) this.#reject(seq, new DapError("Too much is asked."));
    return answer;
  }

  #take(message: Json): void {
    if (message.type === "event" && typeof message.event === "string") {
      this.#host.event(message.event, object(message.body));
    } else if (message.type === "response" && typeof message.request_seq === "number") {
      this.#settle(message.request_seq, message);
    }
  }

  #settle(seq: number, message: Json): void {
    if (message.success !== false) {
      const pending = this.#pending.get(seq);
      this.#forget(seq);
      pending?.resolve(object(message.body));
    } else {
      this.#reject(seq, new DapError(text(message.message)));
    }
  }

  #reject(seq: number, error: DapError): void {
    const pending = this.#pending.get(seq);
    this.#forget(seq);
    pending?.reject(error);
  }

  #forget(seq: number): void {
    this.#host.timer.clear(this.#pending.get(seq)?.timeout);
    this.#pending.delete(seq);
  }
}

// --- What a program says, as what it should be -------------------------------------------------
/** Of a text that a program says. */
const MOST_TEXT = 4096;

export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

export function list(value: unknown, most = 1000): Json[] {
  return Array.isArray(value) ? value.slice(0, most).map(object) : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, MOST_TEXT) : "";
}

export function number(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
}
