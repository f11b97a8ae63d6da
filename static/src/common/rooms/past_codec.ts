/** An update as it came, of what `runner/interviews/playback.py` sends. */
export interface PastUpdate {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly epoch: number;
  /** Of the author; empty: the server's. */
  readonly name: string;
  readonly data: Uint8Array;
}

const HEADER_BYTES = 18;

/** Throws a `RangeError` for what ends too early. */
export function decodePast(body: ArrayBuffer): PastUpdate[] {
  const view = new DataView(body);
  const found: PastUpdate[] = [];
  let place = 0;
  while (place < body.byteLength) {
    const at = Number(view.getBigUint64(place));
    const epoch = view.getUint32(place + 8);
    const nameBytes = view.getUint16(place + 12);
    const dataBytes = view.getUint32(place + 14);
    const name = utf8(new Uint8Array(body, place + HEADER_BYTES, nameBytes));
    place += HEADER_BYTES + nameBytes;
    found.push({ at, epoch, name, data: new Uint8Array(body, place, dataBytes) });
    place += dataBytes;
  }
  return found;
}

/** This part of the code is compiled without `TextDecoder`. */
function utf8(bytes: Uint8Array): string {
  const escaped = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  return decodeURIComponent(escaped);
}
