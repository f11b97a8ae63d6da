import { Backoff } from "../common/base/backoff";
import { Emitter } from "../common/base/emitter";
import { at } from "../common/base/paths";
import { decodeClass } from "../common/classroom/class_codec";
import type { ClassClientMessage, ClassServerMessage } from "../protocol.gen";

export type ClassConnectionState = "connected" | "reconnecting" | "refused";

const PING_MS = 20_000;
const PONG_MS = 10_000;
/** The server closes with it when the user may not be here any more. */
const EXPELLED_CODE = 4401;

/** The socket of a class. Reconnects with backoff; the server then tells everything again. */
export class ClassConnection {
  readonly #didChangeState = new Emitter<ClassConnectionState>();
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #didReceive = new Emitter<ClassServerMessage>();
  readonly onDidReceive = this.#didReceive.event;
  readonly #classroom: number;
  readonly #backoff = new Backoff(Math.random);
  #socket: WebSocket | null = null;
  #retry = 0;
  #ping = 0;
  #pings = 0;
  #closed = false;

  constructor(classroom: number) {
    this.#classroom = classroom;
  }

  open(): void {
    const url = new URL(at(`/ws/class/${this.#classroom}/`), location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#backoff.reset();
      this.#pingLater(PING_MS);
      this.#didChangeState.fire("connected");
    };
    socket.onmessage = ({ data }) => {
      this.#pingLater(PING_MS);
      const message = typeof data === "string" ? decodeClass(data) : null;
      if (message) this.#didReceive.fire(message);
    };
    socket.onclose = ({ code }) => this.#lost(code);
  }

  /** False if there is no connection. */
  send(message: ClassClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #lost(code: number): void {
    this.#drop();
    if (this.#closed) return;
    if (code === EXPELLED_CODE) {
      this.#didChangeState.fire("refused");
      return;
    }
    this.#retry = window.setTimeout(() => this.open(), this.#backoff.next());
    this.#didChangeState.fire("reconnecting");
  }

  #pingLater(milliseconds: number): void {
    window.clearTimeout(this.#ping);
    this.#ping = window.setTimeout(() => {
      this.#pings += 1;
      this.send({ type: "ping", id: this.#pings });
      this.#ping = window.setTimeout(() => this.#lost(0), PONG_MS);
    }, milliseconds);
  }

  #drop(): void {
    window.clearTimeout(this.#ping);
    window.clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onopen = null;
    socket.close();
  }
}
