/** What comes on the channel of a screen, see docs/api.md. */
export type ScreenEvent =
  | { readonly kind: "begins"; readonly width: number; readonly height: number }
  | { readonly kind: "updates"; readonly data: Uint8Array<ArrayBuffer> };

const HEADER_BYTES = 5;
const BEGINS = "S".charCodeAt(0);
const UPDATES = "U".charCodeAt(0);
/** The server sends much smaller ones: a longer one is none. */
const MOST_BYTES = 256 * 1024;

/** Divides the bytes of the channel into events. After a gap, what comes before the next beginning is passed over. */
export class ScreenReader {
  #rest = new Uint8Array(0);
  #lost = false;

  feed(data: Uint8Array): ScreenEvent[] {
    if (this.#lost) return [];
    const held = new Uint8Array(this.#rest.length + data.length);
    held.set(this.#rest);
    held.set(data, this.#rest.length);
    const events: ScreenEvent[] = [];
    let at = 0;
    while (held.length - at >= HEADER_BYTES) {
      const view = new DataView(held.buffer, at);
      const length = view.getUint32(1);
      const kind = view.getUint8(0);
      if (length > MOST_BYTES || (kind !== BEGINS && kind !== UPDATES)) {
        this.#lost = true;
        return events;
      }
      if (held.length - at < HEADER_BYTES + length) break;
      const body = held.slice(at + HEADER_BYTES, at + HEADER_BYTES + length);
      events.push(event(kind, body));
      at += HEADER_BYTES + length;
    }
    this.#rest = held.slice(at);
    return events;
  }

  /** Bytes are gone: the server goes on at the beginning of a frame. */
  skip(): void {
    this.#rest = new Uint8Array(0);
    this.#lost = false;
  }
}

function event(kind: number, body: Uint8Array<ArrayBuffer>): ScreenEvent {
  if (kind === UPDATES) return { kind: "updates", data: body };
  const view = new DataView(body.buffer);
  const [width, height] = body.length < 4 ? [0, 0] : [view.getUint16(0), view.getUint16(2)];
  return { kind: "begins", width, height };
}
