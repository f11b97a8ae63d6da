import type { RawChannel } from "@novnc/novnc";
import { inputEvents } from "../../common/windows/rfb_events";

const VERSION = "RFB 003.008\n";
const NO_PASSWORD = [1, 1];
const ACCEPTED = [0, 0, 0, 0];
/** 32 bits of which 24 count, true colour: red, green, blue, 0. As the server asks the X server for. */
const PIXELS = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0];
const NO_NAME = [0, 0, 0, 0];

/**
 * A connection, as noVNC needs one, to an X server that the executor has greeted already: the greeting of RFB is
 * played here, and of what noVNC says only keys and pointer are passed on.
 */
export class RfbChannel implements RawChannel {
  binaryType = "arraybuffer";
  readonly protocol = "";
  readyState = "open";
  onopen: RawChannel["onopen"] = null;
  onmessage: RawChannel["onmessage"] = null;
  onclose: RawChannel["onclose"] = null;
  onerror: RawChannel["onerror"] = null;
  readonly #input: (events: readonly Uint8Array[]) => void;
  #greeted = false;

  constructor(input: (events: readonly Uint8Array[]) => void) {
    this.#input = input;
  }

  greet(width: number, height: number): void {
    const size = [width >> 8, width & 0xff, height >> 8, height & 0xff];
    this.receive(new TextEncoder().encode(VERSION));
    this.receive(Uint8Array.from(NO_PASSWORD));
    this.receive(Uint8Array.from([...ACCEPTED, ...size, ...PIXELS, ...NO_NAME]));
    this.#greeted = true;
  }

  receive(data: Uint8Array<ArrayBuffer>): void {
    this.onmessage?.({ data: data.slice().buffer });
  }

  send(data: Uint8Array): void {
    if (this.#greeted && this.readyState === "open") this.#input(inputEvents(data));
  }

  close(): void {
    this.readyState = "closed";
    // As a WebSocket: noVNC is not done with closing yet, and would wait for this for ever.
    queueMicrotask(() => this.onclose?.({}));
  }
}
