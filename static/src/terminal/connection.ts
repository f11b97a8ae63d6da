// size: one class, one connection
import { Backoff } from "../common/base/backoff";
import { Emitter } from "../common/base/emitter";
import {
  decode,
  decodeOutput,
  encode,
  type OutputFrame,
  ProtocolError,
} from "../common/run/message_codec";
import { type Way, WayChoice } from "../common/way/way_choice";
import type { OpenFailure } from "../common/way/way_text";
import type { ClientMessage, ServerMessage } from "../protocol.gen";
import { PolledSocket, type Socket } from "./ways/polled_socket";
import { SocketProbe, socketUrl } from "./ways/socket_probe";

export type ConnectionState = "connected" | "reconnecting" | "offline";

const PING_MS = 20_000;
const PONG_MS = 10_000;
/** A WebSocket that takes longer may be swallowed on its way: requests are tried. */
const OPEN_MS = 5_000;

/** What a page lends to its connection. */
export interface ConnectionHost {
  /** Django's CSRF token. */
  token(): string;
  /** The page has use for channels beside the terminal. */
  readonly sides?: boolean;
  /** The way that this tab used last. */
  readonly way: Way;
  /** The newest ticket of a guest, who has no session. */
  ticket?(): string;
  /** Whether the connection may be replaced by a better one now. */
  mayReplace(): boolean;
}

/**
 * The connection to the server: a WebSocket, or requests where WebSockets are blocked. Reconnects
 * with backoff, and detects a dead connection by pings.
 */
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
  readonly #didDiagnose = new Emitter<OpenFailure>();
  /** Neither a WebSocket nor requests get through, and this is why. */
  readonly onDidDiagnose = this.#didDiagnose.event;
  readonly #didChooseWay = new Emitter<Way>();
  /** The server accepted a connection by this way. */
  readonly onDidChooseWay = this.#didChooseWay.event;
  readonly #didReceiveMessage = new Emitter<ServerMessage>();
  readonly onDidReceiveMessage = this.#didReceiveMessage.event;
  readonly #didReceiveOutput = new Emitter<OutputFrame>();
  readonly onDidReceiveOutput = this.#didReceiveOutput.event;

  #socket: Socket | null = null;
  #way: Way = "socket";
  #readyAt = 0;
  #ready = false;
  #pings = 0;
  #retry = 0;
  #ping = 0;
  #deadline = 0;
  #closed = false;
  readonly #backoff = new Backoff(Math.random);
  readonly #choice: WayChoice;
  readonly #host: ConnectionHost;
  readonly #probe: SocketProbe;

  constructor(host: ConnectionHost) {
    this.#host = host;
    this.#choice = new WayChoice(host.way);
    this.#probe = new SocketProbe({
      sides: host.sides ?? false,
      nextProbe: () => this.#choice.nextProbe(),
      mayReplace: () => host.mayReplace(),
      found: (socket, first) => this.#replace(socket, first),
    });
  }

  open(): void {
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.#retryNow());
    window.addEventListener("offline", () => this.#notifyState());
    // A page restored from the back/forward cache has lost its socket.
    window.addEventListener("pageshow", () => this.#retryNow());
    // Browsers tell the server that a WebSocket has ended, and nothing of requests.
    window.addEventListener("pagehide", () => {
      if (this.#way === "polls" && this.#socket) this.#reconnectLater();
    });
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

  /** A frame of a channel beside the terminal; likewise. */
  sendFrame(frame: Uint8Array<ArrayBuffer>): boolean {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(frame);
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
    this.#way = this.#choice.next;
    if (this.#way === "socket") this.#use(this.#webSocket());
    else this.#use(this.#polledSocket());
    this.#setDeadline(this.#way === "socket" ? OPEN_MS : 2 * OPEN_MS);
    this.#notifyState();
  }

  #webSocket(): WebSocket {
    return new WebSocket(socketUrl(this.#host.sides ?? false, this.#host.ticket?.()));
  }

  #polledSocket(): PolledSocket {
    const socket = new PolledSocket(() => this.#host.token(), this.#host.sides);
    socket.onfail = (failure) => this.#didDiagnose.fire(failure);
    return socket;
  }

  #use(socket: Socket): void {
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onmessage = (event: { readonly data: unknown }) => this.#handleFrame(event.data);
    socket.onclose = () => {
      if (!this.#ready) this.#didFailToConnect.fire();
      this.#reconnectLater();
    };
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
      this.#handleConnected(message.user);
    } else if (message.type === "pong") {
      this.#schedulePing();
    } else {
      this.#didReceiveMessage.fire(message);
    }
  }

  #handleConnected(user: string): void {
    this.#ready = true;
    this.#readyAt = performance.now();
    this.#backoff.reset();
    this.#choice.connected(this.#way);
    this.#schedulePing();
    if (this.#way === "polls") this.#probe.begin();
    this.#notifyState();
    this.#didChooseWay.fire(this.#way);
    this.#didConnect.fire(user);
  }

  /** A WebSocket has got through, beside the requests. */
  #replace(socket: WebSocket, first: unknown): void {
    this.#drop();
    this.#way = "socket";
    this.#use(socket);
    this.#handleFrame(first);
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
    const before = this.#choice.next;
    if (this.#ready) this.#choice.lost(this.#way, performance.now() - this.#readyAt);
    else this.#choice.failed(this.#way);
    this.#drop();
    // Another way is tried at once; the same one, or the first one again, later.
    const changed = before === "socket" && this.#choice.next === "polls";
    this.#retry = window.setTimeout(() => this.#connect(), changed ? 0 : this.#backoff.next());
    this.#notifyState();
  }

  #drop(): void {
    const socket = this.#socket;
    if (socket) {
      // The close event of a dead socket can come minutes later, when a new socket is in use.
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#probe.end();
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
