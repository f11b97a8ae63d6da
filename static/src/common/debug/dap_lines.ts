import { ascii } from "../base/utf8";

/** A longer line is skipped: no message of a debugger needs as much. */
export const LINE_BYTES = 1024 * 1024;
const NEWLINE = 10;

export type Json = Readonly<Record<string, unknown>>;

/** Messages in the bytes of a debugger, one to a line. A program may send anything: what is no JSON
 * object is passed over. */
export class DapLines {
  #pieces: Uint8Array[] = [];
  #length = 0;
  #skipping = false;

  feed(data: Uint8Array): Json[] {
    const found: Json[] = [];
    let start = 0;
    for (;;) {
      const end = data.indexOf(NEWLINE, start);
      if (end < 0) break;
      this.#keep(data.subarray(start, end));
      const message = this.#taken();
      if (message) found.push(message);
      start = end + 1;
    }
    this.#keep(data.slice(start));
    return found;
  }

  /** Bytes are missing from here on: the line that has begun is broken. */
  skip(): void {
    this.#drop();
    this.#skipping = true;
  }

  #keep(piece: Uint8Array): void {
    if (this.#skipping || piece.length === 0) return;
    this.#length += piece.length;
    if (this.#length > LINE_BYTES) this.skip();
    else this.#pieces.push(piece);
  }

  #taken(): Json | null {
    const line = this.#skipping ? "" : this.#text();
    this.#drop();
    this.#skipping = false;
    if (!line.startsWith("{")) return null;
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === "object" && value !== null ? (value as Json) : null;
    } catch {
      return null;
    }
  }

  #text(): string {
    return this.#pieces.map(asAscii).join("");
  }

  #drop(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}

const CHUNK = 8192;

/** Debuggers write JSON in ASCII. */
function asAscii(data: Uint8Array): string {
  let text = "";
  for (let start = 0; start < data.length; start += CHUNK) {
    text += String.fromCharCode(...data.subarray(start, start + CHUNK));
  }
  return text;
}

function escaped(json: string): string {
  return json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** As debuggers read requests: with the headers of the protocol. */
export function encodeRequest(message: Json): Uint8Array {
  const body = escaped(JSON.stringify(message));
  return ascii(`Content-Length: ${body.length}\r\n\r\n${body}`);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
