import type { ServerMessage } from "../../protocol.gen";

/**
 * Asking to type into a run: kept until the student answers. The button can be pressed before the
 * terminal is connected, and a lost connection ends what was asked over it.
 */
export class HelpRequest {
  readonly #send: () => void;
  #wanted = false;

  /** `send` may do nothing while there is no connection. */
  constructor(send: () => void) {
    this.#send = send;
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  ask(): void {
    this.#wanted = true;
    this.#send();
  }

  /** Of another run, or not wanted any more. */
  forget(): void {
    this.#wanted = false;
  }

  /** `answered`: somebody has said yes or no. */
  receive(message: ServerMessage): { readonly answered: boolean } {
    const before = this.#wanted;
    if (message.type === "attached") {
      if (message.control) this.#wanted = false;
      else if (this.#wanted) this.#send();
    } else if (message.type === "control" && !message.you && message.requests.length === 0) {
      this.#wanted = false;
    } else if (message.type === "exit") {
      this.#wanted = false;
    } else if (message.type === "error" && message.code !== "rate_limited") {
      this.#wanted = false; // refused
    }
    return { answered: before && !this.#wanted };
  }
}
