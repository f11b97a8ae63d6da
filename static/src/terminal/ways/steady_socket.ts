import { Backoff } from "../../common/base/backoff";
import { at } from "../../common/base/paths";

const PING_MS = 20_000;
const PONG_MS = 10_000;
/** Servers close with it when the user may not be here any more. */
export const EXPELLED_CODE = 4401;

export interface SteadySocketHost {
  /** Of the site, from its root. */
  readonly path: string;
  /** A guest's, who has no session; empty: none is needed. */
  ticket?(): Promise<string>;
  opened?(): void;
  received(data: unknown): void;
  /** With the code of the server; 0: it had fallen silent. Whether it shall be opened again. */
  lost(code: number): boolean;
}

/** A WebSocket that pages keep open: it is opened again with backoff, and pings show whether
 * somebody is there. What was missed meanwhile is the page's to ask for. */
export class SteadySocket {
  readonly #host: SteadySocketHost;
  readonly #backoff = new Backoff(Math.random);
  #socket: WebSocket | null = null;
  #retry = 0;
  #ping = 0;
  #pings = 0;
  #closed = false;

  constructor(host: SteadySocketHost) {
    this.#host = host;
    window.addEventListener("online", () => this.#retryNow());
  }

  async open(): Promise<void> {
    this.#retry = 0;
    const ticket = this.#host.ticket ? await this.#host.ticket().catch(() => "") : "";
    if (this.#closed) return;
    const url = new URL(at(this.#host.path), location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    if (ticket) url.searchParams.set("ticket", ticket);
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#pingLater(PING_MS);
      this.#host.opened?.();
    };
    socket.onmessage = ({ data }) => {
      this.#pingLater(PING_MS);
      this.#host.received(data);
    };
    socket.onclose = ({ code }) => this.#lost(code);
  }

  /** False if there is no connection. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  /** The server takes the page: the next loss is the first one. */
  works(): void {
    this.#backoff.reset();
  }

  /** After `close`. */
  reopen(): void {
    this.#closed = false;
    if (!this.#socket) void this.open();
  }

  /** Until it is opened again. */
  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #lost(code: number): void {
    this.#drop();
    // Set before the host is told: it may close the socket.
    this.#retry = window.setTimeout(() => void this.open(), this.#backoff.next());
    if (!this.#host.lost(code)) this.close();
  }

  #retryNow(): void {
    if (!this.#retry) return;
    window.clearTimeout(this.#retry);
    void this.open();
  }

  #pingLater(milliseconds: number): void {
    window.clearTimeout(this.#ping);
    this.#ping = window.setTimeout(() => {
      this.#pings += 1;
      this.send(JSON.stringify({ type: "ping", id: this.#pings }));
      this.#ping = window.setTimeout(() => this.#lost(0), PONG_MS);
    }, milliseconds);
  }

  #drop(): void {
    window.clearTimeout(this.#ping);
    window.clearTimeout(this.#retry);
    this.#retry = 0;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onopen = null;
    socket.close();
  }
}
