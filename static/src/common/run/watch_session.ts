import type { ClientMessage, Exit, ServerMessage } from "../../protocol.gen";
import type { Timer } from "../base/timer";
import { ascii } from "../base/utf8";
import { AckBatch } from "./ack_batch";
import type { OutputFrame } from "./message_codec";
import { OutputCursor } from "./output_cursor";
import type { Grid } from "./run_host";
import { gapLine } from "./run_text";

/** The screen of somebody else's terminal: it has the size of that terminal, and takes no keys. */
export interface WatchScreen {
  /** Calls `parsed` when the terminal has parsed the bytes. */
  write(data: Uint8Array, parsed: () => void): void;
  /** Shows a message of the page between lines of output. */
  note(text: string): void;
  resize(grid: Grid): void;
}

export type WatchState =
  | { readonly phase: "connecting" | "queued" | "compiling" | "running" | "waiting" | "held" }
  | { readonly phase: "ended"; readonly exit: Exit }
  /** `again`: the page asks again by itself. */
  | { readonly phase: "refused"; readonly problem: string; readonly again: boolean };

export interface WatchHost {
  readonly screen: WatchScreen;
  readonly timer: Timer;
  /** False if there is no connection; `connected()` is called when there is one. */
  send(message: ClientMessage): boolean;
  changed(state: WatchState): void;
}

const ASK_AGAIN_MS = 10_000;

/** Follows a run without taking control of it: from its first byte, through lost connections. */
export class WatchSession {
  #state: WatchState = { phase: "connecting" };
  #attaching = false;
  readonly #run: string;
  readonly #host: WatchHost;
  readonly #cursor = new OutputCursor();
  readonly #acks: AckBatch;

  constructor(run: string, host: WatchHost) {
    this.#run = run;
    this.#host = host;
    // Of this window alone: they tell the server how much it may send, and nothing to the program.
    this.#acks = new AckBatch((offset) => {
      if (!this.#attaching && !this.#over) this.#host.send({ type: "ack", offset });
    }, host.timer);
  }

  /** Nothing more comes. */
  get #over(): boolean {
    return this.#state.phase === "ended" || (this.#state.phase === "refused" && !this.#state.again);
  }

  connected(): void {
    if (!this.#over) this.#attach();
  }

  receive(message: ServerMessage): void {
    if (this.#over) return;
    switch (message.type) {
      case "attached":
        this.#attaching = false;
        this.#change({ phase: message.status === "queued" ? "queued" : "running" });
        break;
      case "queued":
        this.#change({ phase: "queued" });
        break;
      case "started":
        this.#change({ phase: "running" });
        break;
      case "phase":
        this.#change({ phase: message.phase });
        break;
      case "notice":
        if (message.code === "waiting_for_input") this.#change({ phase: "waiting" });
        else if (message.code === "output_held") this.#change({ phase: "held" });
        else if (message.code === "output_resumed") this.#change({ phase: "running" });
        else if (message.code === "running") this.#runsOn();
        break;
      case "terminal_size":
        this.#host.screen.resize({ rows: message.rows, cols: message.cols });
        break;
      case "gap":
        this.#skip(message.to, message.state ?? "");
        break;
      case "exit":
        this.#end(message);
        break;
      case "error":
        this.#refuse(message);
        break;
    }
  }

  output(frame: OutputFrame): void {
    if (this.#over) return;
    const result = this.#cursor.take(frame.offset, frame.data);
    if (result.kind === "missing" && !this.#attaching) this.#attach();
    if (result.kind !== "new") return;
    this.#runsOn();
    const end = this.#cursor.expected;
    this.#host.screen.write(result.data, () => this.#acks.parsed(end));
  }

  #runsOn(): void {
    if (this.#state.phase === "waiting") this.#change({ phase: "running" });
  }

  #attach(): void {
    const message = { type: "attach", run: this.#run, offset: this.#cursor.expected } as const;
    this.#attaching = this.#host.send({ ...message, watch: true });
  }

  #skip(to: number, state: string): void {
    const lost = this.#cursor.skip(to);
    if (lost > 0) {
      this.#host.screen.note(gapLine(lost));
      if (state) this.#host.screen.write(ascii(state), () => undefined);
    }
    this.#acks.parsed(this.#cursor.expected);
  }

  #end(exit: Exit): void {
    if (this.#cursor.expected < exit.output_bytes) this.#attach();
    else this.#change({ phase: "ended", exit });
  }

  #refuse(error: Extract<ServerMessage, { type: "error" }>): void {
    if (error.code === "rate_limited") {
      if (this.#attaching) this.#attachAgain(Number(error.figures?.wait_seconds ?? 1));
      return;
    }
    const again = error.code === "unavailable";
    this.#attaching = false;
    this.#change({ phase: "refused", problem: error.message, again });
    if (again) this.#host.timer.set(() => this.#askAgain(), ASK_AGAIN_MS);
  }

  #attachAgain(seconds: number): void {
    this.#host.timer.set(() => {
      if (this.#attaching && !this.#over) this.#attach();
    }, seconds * 1000);
  }

  #askAgain(): void {
    if (this.#state.phase === "refused" && !this.#attaching) this.#attach();
  }

  #change(state: WatchState): void {
    this.#state = state;
    this.#host.changed(state);
  }
}
