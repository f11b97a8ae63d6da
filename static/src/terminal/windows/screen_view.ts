import "../../styles/program_screen.css";
import RFB from "@novnc/novnc";
import type { SideChannel } from "../../common/channels/side_channel";
import { HeldKeys, joined, withoutMoves } from "../../common/windows/rfb_events";
import { type ScreenEvent, ScreenReader } from "../../common/windows/screen_reader";
import { RfbChannel } from "./rfb_channel";

/** A page allocates four bytes for each pixel. The server has the same limit. */
const MOST_SIDE = 4096;
const SEND_MS = 16;

export interface ScreenViewHost {
  /** The channel to which input goes; none for who watches. */
  readonly channel: () => Pick<SideChannel, "send"> | null;
  /** A screen began. */
  began(width: number, height: number): void;
  /** Something was drawn. */
  drew(): void;
  /** What came cannot be drawn. */
  failed(): void;
}

/** The screen of a program, drawn by noVNC: anew wherever the server says that a screen begins. */
export class ScreenView {
  readonly element = document.createElement("div");
  readonly #host: ScreenViewHost;
  readonly #reader = new ScreenReader();
  #rfb: RFB | null = null;
  #channel: RfbChannel | null = null;
  /** What was drawn before: it stays in view until there is more. */
  #before: (() => void) | null = null;
  #watching = false;
  #events: Uint8Array[] = [];
  readonly #held = new HeldKeys();
  #timer: number | null = null;

  constructor(host: ScreenViewHost) {
    this.#host = host;
    this.element.className = "screen-surface";
    // noVNC keeps every key. These belong to the page: they lead out of the window.
    for (const kind of ["keydown", "keyup"] as const) {
      this.element.addEventListener(kind, (event) => this.#passBy(event), { capture: true });
    }
    // The page gets the end of a key that is held then, and the program would never hear of it.
    this.element.addEventListener("focusout", () => this.#send(this.#held.letGo()));
  }

  /** Whether the user only watches. */
  set watching(watching: boolean) {
    this.#watching = watching;
    if (this.#rfb && this.#rfb.viewOnly !== watching) this.#rfb.viewOnly = watching;
  }

  focus(): void {
    this.#rfb?.focus({ preventScroll: true });
  }

  feed(data: Uint8Array): void {
    for (const event of this.#reader.feed(data)) this.#take(event);
  }

  skip(): void {
    this.#reader.skip();
  }

  /** The program has ended: its last picture stays. */
  end(): void {
    this.watching = true;
    this.#rfb?.blur();
  }

  clear(): void {
    this.#reader.skip();
    this.#replace();
    this.#before?.();
    this.#before = null;
  }

  #take(event: ScreenEvent): void {
    try {
      if (event.kind === "begins") this.#begin(event.width, event.height);
      else this.#draw(event.data);
    } catch (error) {
      console.error("The screen cannot be drawn.", error);
      this.#replace();
      this.#host.failed();
    }
  }

  #begin(width: number, height: number): void {
    this.#replace();
    if (!(width > 0 && height > 0 && Math.max(width, height) <= MOST_SIDE)) {
      throw new RangeError(`a screen of ${width} × ${height}`);
    }
    const frame = document.createElement("div");
    frame.className = "screen-frame";
    this.element.append(frame);
    const channel = new RfbChannel((events) => this.#send(events));
    const rfb = new RFB(frame, channel, { shared: true });
    rfb.viewOnly = this.#watching;
    rfb.scaleViewport = true;
    rfb.focusOnClick = true;
    rfb.background = "transparent";
    rfb.addEventListener("disconnect", () => {
      if (this.#rfb === rfb) this.#host.failed();
    });
    this.#rfb = rfb;
    this.#channel = channel;
    channel.greet(width, height);
    this.#host.began(width, height);
  }

  #draw(data: Uint8Array<ArrayBuffer>): void {
    if (!this.#channel) return;
    this.#channel.receive(data);
    this.#before?.();
    this.#before = null;
    this.#host.drew();
  }

  #replace(): void {
    const rfb = this.#rfb;
    const frame = this.element.lastElementChild;
    const hadFocus = frame?.contains(document.activeElement) ?? false;
    const before = this.#before;
    this.#rfb = this.#channel = null;
    this.#before = () => {
      before?.();
      rfb?.disconnect();
      frame?.remove();
      if (hadFocus) this.focus();
    };
  }

  #send(events: readonly Uint8Array[]): void {
    if (this.#watching) return;
    this.#held.note(events);
    this.#events.push(...events);
    this.#timer ??= window.setTimeout(() => this.#flush(), SEND_MS);
  }

  #flush(): void {
    this.#timer = null;
    const events = withoutMoves(this.#events.splice(0));
    if (events.length > 0) this.#host.channel()?.send(joined(events));
  }

  #passBy(event: KeyboardEvent): void {
    if (event.key !== "F6" || !event.isTrusted) return;
    event.stopPropagation();
    event.preventDefault();
    this.element.parentElement?.dispatchEvent(new KeyboardEvent(event.type, event));
  }
}
