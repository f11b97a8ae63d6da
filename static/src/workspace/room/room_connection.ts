import { Backoff } from "../../common/base/backoff";
import { Emitter } from "../../common/base/emitter";
import { at } from "../../common/base/paths";
import { decodeRoom, decodeUpdate, type ToldUpdate } from "../../common/rooms/room_codec";
import type { RoomClientMessage, RoomServerMessage } from "../../protocol.gen";

export type RoomConnectionState = "connected" | "reconnecting" | "full" | "refused";

const PING_MS = 20_000;
const PONG_MS = 10_000;
/** The server closes with it when the user may not be here any more, or in another role. */
const EXPELLED_CODE = 4401;
/** And with it when as many pages of the room are open as it admits. */
const FULL_CODE = 4409;

export interface RoomConnectionHost {
  readonly room: number;
  /** A guest's, who has no session; empty: none is needed. */
  ticket(): Promise<string>;
  /** Whether the user may be in the room, as far as the server can be asked. */
  mayEnter(): Promise<boolean>;
}

/** The socket of a room. Reconnects with backoff; the page then asks for what it lacks. */
export class RoomConnection {
  readonly #didChangeState = new Emitter<RoomConnectionState>();
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #didReceive = new Emitter<RoomServerMessage>();
  readonly onDidReceive = this.#didReceive.event;
  readonly #didReceiveUpdate = new Emitter<ToldUpdate>();
  readonly onDidReceiveUpdate = this.#didReceiveUpdate.event;
  readonly #host: RoomConnectionHost;
  readonly #backoff = new Backoff(Math.random);
  #socket: WebSocket | null = null;
  #retry = 0;
  #ping = 0;
  #pings = 0;
  /** The server has let this page in. */
  #joined = false;
  #refused = false;

  constructor(host: RoomConnectionHost) {
    this.#host = host;
    window.addEventListener("online", () => this.#retryNow());
  }

  async open(): Promise<void> {
    this.#retry = 0;
    const ticket = await this.#host.ticket().catch(() => "");
    if (this.#refused) return;
    const url = new URL(at(`/ws/room/${this.#host.room}/`), location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    if (ticket) url.searchParams.set("ticket", ticket);
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => this.#pingLater(PING_MS);
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#lost(code);
  }

  /** False if there is no connection. */
  send(message: RoomClientMessage): boolean {
    return this.#post(JSON.stringify(message));
  }

  sendFrame(frame: Uint8Array<ArrayBuffer>): boolean {
    return this.#post(frame);
  }

  #post(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  #receive(data: unknown): void {
    this.#pingLater(PING_MS);
    if (data instanceof ArrayBuffer) {
      const update = decodeUpdate(data);
      if (update) this.#didReceiveUpdate.fire(update);
    } else {
      const message = decodeRoom(String(data));
      if (message?.type === "room" && !this.#joined) this.#join();
      if (message) this.#didReceive.fire(message);
    }
  }

  #join(): void {
    this.#joined = true;
    this.#backoff.reset();
    this.#didChangeState.fire("connected");
  }

  #lost(code: number): void {
    const wasIn = this.#joined;
    this.#drop();
    this.#retry = window.setTimeout(() => void this.open(), this.#backoff.next());
    this.#didChangeState.fire(code === FULL_CODE ? "full" : "reconnecting");
    if (!wasIn || code === EXPELLED_CODE) void this.#askWhetherRefused();
  }

  /** A browser does not tell a refused connection from one that is lost. Another role, or a network
   * that is away, is no reason to stay away. */
  async #askWhetherRefused(): Promise<void> {
    if (await this.#host.mayEnter()) return;
    this.#refused = true;
    this.#drop();
    this.#didChangeState.fire("refused");
  }

  #retryNow(): void {
    if (!this.#retry || this.#refused) return;
    window.clearTimeout(this.#retry);
    void this.open();
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
    this.#joined = false;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onopen = null;
    socket.close();
  }
}
