import type { WantsAnswers } from "../common/screen/answers";
import { TURN_MS } from "./guard/paced_parser";

type Data = Uint8Array | string;

interface Waiting {
  readonly data: Data;
  readonly parsed: () => void;
  readonly wants: WantsAnswers | undefined;
  /** When it came, in milliseconds. */
  readonly at: number;
}

/** Writes to a terminal that parses later, in order, and calls back when it has. */
export type Write = (data: Data, parsed: () => void, wants?: WantsAnswers) => void;

/** How long one piece should take to parse: as long as the parser works before it stops. */
export const PIECE_MS = TURN_MS;
/** A program that has asked the terminal something has given up after that time. */
export const ANSWER_MS = 2000;
const TIMED_BYTES = 4 * 1024;
const LEAST_BYTES = 4 * 1024;
const MOST_BYTES = 256 * 1024;
const FIRST_BYTES = 64 * 1024;
/** Output beyond that is passed on at once: the server has a window of 256 KiB. */
const BOUND_BYTES = 1024 * 1024;

/**
 * Passes output on to the terminal. What comes while a piece is parsed is gathered for the next one,
 * whose size follows from the time that the last one took.
 */
export class OutputQueue {
  #waiting: Waiting[] = [];
  #bytes = 0;
  #parsing = 0;
  #pieceBytes = FIRST_BYTES;
  readonly #write: Write;
  readonly #now: () => number;

  constructor(write: Write, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  /** Something is not parsed yet. */
  get busy(): boolean {
    return this.#parsing > 0;
  }

  push(data: Data, parsed: () => void = () => undefined, wants?: WantsAnswers): void {
    this.#waiting.push({ data, parsed, wants, at: this.#now() });
    this.#bytes += data.length;
    if (!this.busy) this.#next();
    while (this.#bytes > BOUND_BYTES) this.#next();
  }

  /** Drops what waits, and says how many bytes; for the caller of `push` it is parsed. */
  clear(): number {
    const dropped = this.#waiting.splice(0);
    const bytes = this.#bytes;
    this.#bytes = 0;
    for (const { parsed } of dropped) parsed();
    return bytes;
  }

  #next(): void {
    const piece = this.#take();
    if (piece.length === 0) return;
    this.#parsing += 1;
    const bytes = sizeOf(piece);
    let began: number | null = null;
    // Parsing begins some time after the call. Small pieces tell nothing, and are not delayed: the
    // terminal parses the first write after a key at once.
    if (bytes >= TIMED_BYTES) {
      this.#write("", () => {
        began = this.#now();
      });
    }
    const parsed = () => {
      this.#parsing -= 1;
      if (began !== null) this.#adapt(bytes, this.#now() - began);
      for (const { parsed } of piece) parsed();
      if (!this.busy) this.#next();
    };
    this.#write(joined(piece.map(({ data }) => data)), parsed, this.#inTime(piece));
  }

  /** A tab that was paused, or that has much to parse, does not answer late. */
  #inTime([first]: readonly Waiting[]): WantsAnswers | undefined {
    if (!first?.wants) return undefined;
    const { wants, at } = first;
    return () => wants() && this.#now() - at < ANSWER_MS;
  }

  /** As much as one piece may have: bytes that follow each other, or one text. */
  #take(): Waiting[] {
    const [first] = this.#waiting;
    if (!first) return [];
    let bytes = first.data.length;
    let count = 1;
    if (typeof first.data !== "string") {
      for (const { data, wants } of this.#waiting.slice(1)) {
        if (typeof data === "string" || bytes + data.length > this.#pieceBytes) break;
        if (wants !== first.wants) break;
        bytes += data.length;
        count += 1;
      }
    }
    this.#bytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  #adapt(bytes: number, milliseconds: number): void {
    const wanted = (bytes / Math.max(milliseconds, 1)) * PIECE_MS;
    const mean = (this.#pieceBytes + wanted) / 2;
    this.#pieceBytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, mean));
  }
}

function sizeOf(piece: readonly Waiting[]): number {
  return piece.reduce((sum, { data }) => sum + data.length, 0);
}

function joined(parts: readonly Data[]): Data {
  const [first = ""] = parts;
  if (parts.length < 2) return first;
  const arrays = parts as readonly Uint8Array[];
  const all = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
