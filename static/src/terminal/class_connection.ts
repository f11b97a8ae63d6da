import { Emitter } from "../common/base/emitter";
import { decodeClass } from "../common/classroom/class_codec";
import type { ClassClientMessage, ClassServerMessage } from "../protocol.gen";
import { EXPELLED_CODE, SteadySocket } from "./ways/steady_socket";

export type ClassConnectionState = "connected" | "reconnecting" | "refused";

/** The socket of a class. When it is opened again, the server tells everything again. */
export class ClassConnection {
  readonly #didChangeState = new Emitter<ClassConnectionState>();
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #didReceive = new Emitter<ClassServerMessage>();
  readonly onDidReceive = this.#didReceive.event;
  readonly #socket: SteadySocket;

  constructor(classroom: number) {
    this.#socket = new SteadySocket({
      path: `/ws/class/${classroom}/`,
      opened: () => {
        this.#socket.works();
        this.#didChangeState.fire("connected");
      },
      received: (data) => {
        const message = typeof data === "string" ? decodeClass(data) : null;
        if (message) this.#didReceive.fire(message);
      },
      lost: (code) => {
        this.#didChangeState.fire(code === EXPELLED_CODE ? "refused" : "reconnecting");
        return code !== EXPELLED_CODE;
      },
    });
  }

  open(): void {
    void this.#socket.open();
  }

  /** False if there is no connection. */
  send(message: ClassClientMessage): boolean {
    return this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    this.#socket.close();
  }
}
