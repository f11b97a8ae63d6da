import { Backoff } from "../common/base/backoff";
import { Emitter } from "../common/base/emitter";
import {
  decode,
  decodeOutput,
  encode,
  type OutputFrame,
  ProtocolError,
} from "../common/run/message_codec";
import type { ClientMessage, ServerMessage } from "../protocol.gen";

export type ConnectionState = "connected" | "reconnecting" | "offline";

const PING_MS = 20_000;
const PONG_MS = 10_000;
const OPEN_MS = 10_000;

/** The WebSocket to the server: reconnects with backoff, and detects a dead connection by pings. */
export class Connection {
  readonly #didChangeState = new Emitter<ConnectionState>();
  /** Also fired when the state is the same as before. */
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #didConnect = new Emitter<string>();
  /** The server accepted the connection; the value is the user's name. */
  readonly onDidConnect = this.#didConnect.event;
  readonly #didFailToConnect = new Emitter();
  /** The socket was closed before the server accepted it. */
  readonly onDidFailToConnect = this.#didFailToConnect.event;
  readonly #didReceiveMessage = new Emitter<ServerMessage>();
  readonly onDidReceiveMessage = this.#didReceiveMessage.event;
  readonly #didReceiveOutput = new Emitter<OutputFrame>();
  readonly onDidReceiveOutput = this.#didReceiveOutput.event;

  #socket: WebSocket | null = null;
  #ready = false;
  #pings = 0;
  #retry = 0;
  #ping = 0;
  #deadline = 0;
  #closed = false;
  readonly #backoff = new Backoff(Math.random);
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  open(): void {
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.#retryNow());
    window.addEventListener("offline", () => this.#notifyState());
    // A page restored from the back/forward cache has lost its socket.
    window.addEventListener("pageshow", () => this.#retryNow());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#retryNow();
    });
    this.#connect();
  }

  /** False if there is no connection: the message is not sent later. */
  send(message: ClientMessage): boolean {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(encode(message));
    return true;
  }

  /** For good: nothing more is expected from the server. */
  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #connect(): void {
    window.clearTimeout(this.#retry);
    this.#retry = 0;
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onmessage = (event) => this.#handleFrame(event.data);
    socket.onclose = () => {
      if (!this.#ready) this.#didFailToConnect.fire();
      this.#reconnectLater();
    };
    this.#setDeadline(OPEN_MS);
    this.#notifyState();
  }

  #handleFrame(data: unknown): void {
    try {
      if (data instanceof ArrayBuffer) this.#didReceiveOutput.fire(decodeOutput(data));
      else this.#handleMessage(decode(String(data)));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      console.warn("The server sent a message that this page does not support:", error.message);
    }
  }

  #handleMessage(message: ServerMessage): void {
    if (message.type === "connected") {
      this.#ready = true;
      this.#backoff.reset();
      this.#schedulePing();
      this.#notifyState();
      this.#didConnect.fire(message.user);
    } else if (message.type === "pong") {
      this.#schedulePing();
    } else {
      this.#didReceiveMessage.fire(message);
    }
  }

  #schedulePing(): void {
    window.clearTimeout(this.#deadline);
    this.#deadline = 0;
    window.clearTimeout(this.#ping);
    this.#ping = window.setTimeout(() => this.#sendPing(), PING_MS);
  }

  #sendPing(): void {
    window.clearTimeout(this.#ping);
    this.#pings += 1;
    if (this.send({ type: "ping", id: this.#pings })) this.#setDeadline(PONG_MS);
  }

  #setDeadline(milliseconds: number): void {
    window.clearTimeout(this.#deadline);
    this.#deadline = window.setTimeout(() => this.#reconnectLater(), milliseconds);
  }

  #reconnectLater(): void {
    this.#drop();
    this.#retry = window.setTimeout(() => this.#connect(), this.#backoff.next());
    this.#notifyState();
  }

  #drop(): void {
    const socket = this.#socket;
    if (socket) {
      // The close event of a dead socket can come minutes later, when a new socket is in use.
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#socket = null;
    this.#ready = false;
    window.clearTimeout(this.#ping);
    window.clearTimeout(this.#deadline);
    window.clearTimeout(this.#retry);
    this.#deadline = 0;
    this.#retry = 0;
  }

  /** The network is back, or the page is visible: reconnects, or checks that the socket is alive. */
  #retryNow(): void {
    if (this.#retry) {
      this.#backoff.reset();
      this.#connect();
    } else if (this.#ready && !this.#deadline) {
      this.#sendPing();
    }
    this.#notifyState();
  }

  #notifyState(): void {
    if (this.#closed) return;
    const state = this.#ready ? "connected" : navigator.onLine ? "reconnecting" : "offline";
    this.#didChangeState.fire(state);
  }
}

export function terminalUrl(): string {
  const { protocol, host } = location;
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/terminal/`;
}
