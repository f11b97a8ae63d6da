import { Emitter } from "../../common/base/emitter";
import { decodeRoom, decodeUpdate, type ToldUpdate } from "../../common/rooms/room_codec";
import type { RoomClientMessage, RoomServerMessage } from "../../protocol.gen";
import { EXPELLED_CODE, SteadySocket } from "../../terminal/ways/steady_socket";
import type { Standing } from "./tickets";

/** `signed_out`, `other`: the browser has no session any more, or another user's. `closed`: nobody
 * but the owner may be there for now. */
export type RoomConnectionState =
  | "connected"
  | "reconnecting"
  | "full"
  | "refused"
  | "closed"
  | "signed_out"
  | "other";

/** The server closes with it when as many pages of the room are open as it admits. */
const FULL_CODE = 4409;

export interface RoomConnectionHost {
  readonly room: number;
  /** A guest's, who has no session; empty: none is needed. */
  ticket(): Promise<string>;
  /** The user that the page was made for. */
  readonly user: string;
  /** As far as the server can be asked. */
  standing(): Promise<Standing>;
}

/** The socket of a room. When it is opened again, the page asks for what it lacks. */
export class RoomConnection {
  readonly #didChangeState = new Emitter<RoomConnectionState>();
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #didReceive = new Emitter<RoomServerMessage>();
  readonly onDidReceive = this.#didReceive.event;
  readonly #didReceiveUpdate = new Emitter<ToldUpdate>();
  readonly onDidReceiveUpdate = this.#didReceiveUpdate.event;
  readonly #host: RoomConnectionHost;
  readonly #socket: SteadySocket;
  /** The server has let this page in. */
  #joined = false;
  /** The user can come back, by signing in, or when the room is open again. */
  #absent = false;

  constructor(host: RoomConnectionHost) {
    this.#host = host;
    this.#socket = new SteadySocket({
      path: `/ws/room/${host.room}/`,
      ticket: () => host.ticket(),
      received: (data) => this.#receive(data),
      lost: (code) => {
        this.#lost(code);
        return true;
      },
    });
  }

  async open(): Promise<void> {
    await this.#socket.open();
  }

  /** False if there is no connection. */
  send(message: RoomClientMessage): boolean {
    return this.#socket.send(JSON.stringify(message));
  }

  sendFrame(frame: Uint8Array<ArrayBuffer>): boolean {
    return this.#socket.send(frame);
  }

  #receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      const update = decodeUpdate(data);
      if (update) this.#didReceiveUpdate.fire(update);
    } else {
      const message = decodeRoom(String(data));
      if (message?.type === "room") {
        // What the page has not sent would be sent as somebody else's.
        if (message.user !== this.#host.user) {
          this.#leave("other");
          return;
        }
        if (!this.#joined) this.#join();
      }
      if (message) this.#didReceive.fire(message);
    }
  }

  /** Sockets are accepted before it is known whether there is room. */
  #join(): void {
    this.#joined = true;
    this.#socket.works();
    this.#didChangeState.fire("connected");
  }

  #lost(code: number): void {
    const wasIn = this.#joined;
    this.#joined = false;
    this.#didChangeState.fire(code === FULL_CODE ? "full" : "reconnecting");
    if (!wasIn || code === EXPELLED_CODE) void this.#askWhetherRefused();
  }

  /** A browser does not tell a refused connection from one that is lost. Another role, or a network
   * that is away, is no reason to stay away. */
  async #askWhetherRefused(): Promise<void> {
    const standing = await this.#host.standing();
    if (standing !== "in") this.#leave(standing === "out" ? "refused" : standing);
  }

  #leave(state: "refused" | "closed" | "signed_out" | "other"): void {
    this.#joined = false;
    this.#absent = state !== "refused";
    this.#socket.close();
    this.#didChangeState.fire(state);
  }

  /** Somebody looks at the page again: the user, who has signed in in another window meanwhile, or
   * for whom the room is open again. */
  async comeBack(): Promise<void> {
    if (!this.#absent || (await this.#host.standing()) !== "in" || !this.#absent) return;
    this.#absent = false;
    this.#didChangeState.fire("reconnecting");
    this.#socket.reopen();
  }
}
