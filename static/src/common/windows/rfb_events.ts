const KEY = 4;
const POINTER = 5;
const KEY_BYTES = 8;
const POINTER_BYTES = 6;
const ENCODINGS = 2;
/** Of other messages of a client of RFB, by their kinds: pixel format, request of an update. */
const OTHER_BYTES: Readonly<Record<number, number>> = { 0: 20, 3: 10 };

/** The events of keys and pointer among the messages of an RFB client: all that a program gets. */
export function inputEvents(data: Uint8Array): Uint8Array[] {
  const events: Uint8Array[] = [];
  let at = 0;
  while (at < data.length) {
    const kind = data[at] ?? 0;
    const length = lengthOf(kind, data, at);
    if (length === 0 || at + length > data.length) break;
    if (kind === KEY || kind === POINTER) events.push(data.slice(at, at + length));
    at += length;
  }
  return events;
}

function lengthOf(kind: number, data: Uint8Array, at: number): number {
  if (kind === KEY) return KEY_BYTES;
  if (kind === POINTER) return POINTER_BYTES;
  if (kind === ENCODINGS && at + 4 <= data.length) {
    return 4 + 4 * (((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0));
  }
  return OTHER_BYTES[kind] ?? 0;
}

/** Of moves of the pointer that follow each other with the same buttons only the last is kept. */
export function withoutMoves(events: readonly Uint8Array[]): Uint8Array[] {
  return events.filter((one, number) => {
    const next = events[number + 1];
    return !(next && one[0] === POINTER && next[0] === POINTER && one[1] === next[1]);
  });
}

export function joined(events: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(events.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of events) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

/** The keys that the program takes for pressed. */
export class HeldKeys {
  readonly #held = new Map<string, Uint8Array>();

  note(events: readonly Uint8Array[]): void {
    for (const event of events) {
      if (event[0] !== KEY) continue;
      const key = event.slice(4).join();
      if (event[1]) this.#held.set(key, event);
      else this.#held.delete(key);
    }
  }

  /** The events that let go of all of them. */
  letGo(): Uint8Array[] {
    const events = [...this.#held.values()].map((event) =>
      event.map((byte, place) => (place === 1 ? 0 : byte)),
    );
    this.#held.clear();
    return events;
  }
}
