import { Backoff } from "../../common/base/backoff";
import {
  decode,
  decodeOutput,
  encode,
  type OutputFrame,
  ProtocolError,
} from "../../common/run/message_codec";
import type { ClientMessage, ServerMessage } from "../../protocol.gen";

export type ConnectionState = "connected" | "reconnecting" | "offline";

export interface ConnectionEvents {
  changed(state: ConnectionState): void;
  connected(user: string): void;
  /** The server, or nobody, has answered: there was no connection to lose. */
  refused(): void;
  message(message: ServerMessage): void;
  output(frame: OutputFrame): void;
}

const PING_MS = 20_000;
const PONG_MS = 10_000;
const OPEN_MS = 10_000;

/** A socket that comes back by itself. */
export class Connection {
  #socket: WebSocket | null = null;
  #ready = false;
  #pings = 0;
  #retry = 0;
  #ping = 0;
  #deadline = 0;
  readonly #backoff = new Backoff(Math.random);
  readonly #url: string;
  readonly #events: ConnectionEvents;

  constructor(url: string, events: ConnectionEvents) {
    this.#url = url;
    this.#events = events;
  }

  open(): void {
    for (const wake of ["online", "focus"]) window.addEventListener(wake, () => this.#wake());
    window.addEventListener("offline", () => this.#tellState());
    // A page kept for the "back" button comes to life again without its socket.
    window.addEventListener("pageshow", () => this.#wake());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#wake();
    });
    this.#connect();
  }

  send(message: ClientMessage): boolean {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(encode(message));
    return true;
  }

  #connect(): void {
    window.clearTimeout(this.#retry);
    this.#retry = 0;
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = () => {
      if (!this.#ready) this.#events.refused();
      this.#lost();
    };
    this.#expectWithin(OPEN_MS);
    this.#tellState();
  }

  #received(data: unknown): void {
    try {
      if (data instanceof ArrayBuffer) this.#events.output(decodeOutput(data));
      else this.#understood(decode(String(data)));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      console.warn("The server sent what this page does not understand:", error.message);
    }
  }

  #understood(message: ServerMessage): void {
    if (message.type === "connected") {
      this.#ready = true;
      this.#backoff.reset();
      this.#schedulePing();
      this.#tellState();
      this.#events.connected(message.user);
    } else if (message.type === "pong") {
      this.#schedulePing();
    } else {
      this.#events.message(message);
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
    if (this.send({ type: "ping", id: this.#pings })) this.#expectWithin(PONG_MS);
  }

  #expectWithin(milliseconds: number): void {
    window.clearTimeout(this.#deadline);
    this.#deadline = window.setTimeout(() => this.#lost(), milliseconds);
  }

  #lost(): void {
    const socket = this.#socket;
    if (socket) {
      // A dead socket's close event may come minutes later, when another one is in use.
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#socket = null;
    this.#ready = false;
    window.clearTimeout(this.#ping);
    window.clearTimeout(this.#deadline);
    window.clearTimeout(this.#retry);
    this.#deadline = 0;
    this.#retry = window.setTimeout(() => this.#connect(), this.#backoff.next());
    this.#tellState();
  }

  /** Somebody looks, or the network is back: tries at once, or sees whether the socket still lives. */
  #wake(): void {
    if (this.#retry) {
      this.#backoff.reset();
      this.#connect();
    } else if (this.#ready && !this.#deadline) {
      this.#sendPing();
    }
    this.#tellState();
  }

  #tellState(): void {
    const state = this.#ready ? "connected" : navigator.onLine ? "reconnecting" : "offline";
    this.#events.changed(state);
  }
}
