import type { ClientMessage, Exit, ServerMessage, SourceFile } from "../../protocol.gen";
import type { Timer } from "../base/timer";
import { utf8Length } from "../base/utf8";
import { size } from "../i18n/format";
import { t } from "../i18n/translate";
import { AckBatch } from "./ack_batch";
import { InputOutbox } from "./input_outbox";
import { encode, type OutputFrame } from "./message_codec";
import { OutputCursor } from "./output_cursor";
import { IDLE, isActive, isFatal, mayType, next, type RunEvent, type RunState } from "./run_state";
import { endingLine, gapLine, refusal } from "./run_text";

export interface Grid {
  readonly rows: number;
  readonly cols: number;
}

export interface Program {
  readonly language: string;
  readonly files: readonly SourceFile[];
  readonly main: string;
  /** The saved snippet it is, for the history of runs. */
  readonly snippet: number | null;
}

export interface Screen {
  readonly grid: Grid;
  /** Forgets all it showed; what is written later comes after it. */
  reset(): void;
  /** `parsed` is called when the bytes are on the screen. */
  write(data: Uint8Array, parsed: () => void): void;
  /** A line of ours between the program's. */
  note(text: string): void;
  /** The last line of a run, which may have left the terminal in any mode. */
  end(text: string, well: boolean): void;
}

export interface RunSessionHost {
  readonly screen: Screen;
  readonly timer: Timer;
  /** The largest program that the server takes, as the message it travels in. */
  readonly startBytes: number;
  /** Milliseconds, from whenever. */
  now(): number;
  /** False when there is no connection; `connected()` follows when there is one. */
  send(message: ClientMessage): boolean;
  changed(state: RunState): void;
  notice(text: string): void;
}

const INPUT_AGAIN_MS = 1000;

/** One terminal's conversation with its run, over any number of sockets. */
export class RunSession {
  #state = IDLE;
  #pending: ClientMessage | null = null;
  #attaching = false;
  #resent: unknown = null;
  #told: Grid = { rows: 0, cols: 0 };
  #askedAt: number | null = null;
  readonly #cursor = new OutputCursor();
  readonly #outbox = new InputOutbox();
  readonly #acks: AckBatch;
  readonly #host: RunSessionHost;

  constructor(host: RunSessionHost) {
    this.#host = host;
    this.#acks = new AckBatch((offset) => {
      if (isActive(this.#state)) this.#host.send({ type: "ack", offset });
    }, host.timer);
  }

  get state(): RunState {
    return this.#state;
  }

  // --- From the person ---------------------------------------------------------------------
  start(program: Program): void {
    if (isActive(this.#state)) return;
    this.#begin({ type: "start" });
    this.#askedAt = this.#host.now();
    this.#told = this.#host.screen.grid;
    const { rows, cols } = this.#told;
    const message: ClientMessage = { type: "start_interactive", ...program, rows, cols };
    const bytes = utf8Length(encode(message));
    if (bytes > this.#host.startBytes) this.#giveUp(tooLarge(bytes, this.#host.startBytes));
    else if (!this.#host.send(message)) this.#pending = message;
  }

  /** After a reload: shows the run this page had, from its first byte. */
  restore(run: string): void {
    this.#begin({ type: "restore", run });
    this.#attach();
  }

  type(text: string): void {
    if (!mayType(this.#state)) return;
    if (this.#outbox.add(text)) this.#sendInput();
    else this.#host.notice(t("input.full"));
  }

  resize(): void {
    const { rows, cols } = this.#host.screen.grid;
    const same = rows === this.#told.rows && cols === this.#told.cols;
    if (same || !mayType(this.#state)) return;
    if (this.#host.send({ type: "resize", rows, cols })) this.#told = { rows, cols };
  }

  stop(): void {
    if (!isActive(this.#state) || !this.#state.control) return;
    if (this.#pending) {
      this.#apply({ type: "given_up", problem: null });
      return;
    }
    this.#apply({ type: "stop_asked" });
    this.#host.send({ type: "stop" });
  }

  /** Lets go of a run that is over. */
  forget(): void {
    if (!isActive(this.#state)) this.#apply({ type: "given_up", problem: null });
  }

  // --- From the connection -----------------------------------------------------------------
  connected(): void {
    if (this.#pending) {
      this.#host.send(this.#pending);
      this.#pending = null;
    } else if (this.#state.phase === "starting") {
      this.#apply({ type: "given_up", problem: t("start.lost") });
    } else if (isActive(this.#state)) {
      this.#attach();
    }
  }

  receive(message: ServerMessage): void {
    switch (message.type) {
      case "started":
        this.#started(message);
        break;
      case "attached":
        this.#attached(message);
        break;
      case "input_ack":
        this.#outbox.acked(message.seq);
        this.#sendInput();
        break;
      case "gap":
        this.#gap(message.to);
        break;
      case "exit":
        this.#ended(message);
        break;
      case "error":
        this.#failed(message);
        break;
      default:
        this.#apply(message);
    }
  }

  output(frame: OutputFrame): void {
    if (!isActive(this.#state)) return;
    const taken = this.#cursor.take(frame.offset, frame.data);
    if (taken.kind === "hole") {
      if (!this.#attaching) this.#attach();
    } else if (taken.kind === "new") {
      this.#noteFirstOutput();
      const { run } = this.#state;
      const end = this.#cursor.expected;
      this.#host.screen.write(taken.data, () => {
        if (this.#state.run === run) this.#acks.parsed(end);
      });
    }
  }

  // --- Inside ------------------------------------------------------------------------------
  #apply(event: RunEvent): void {
    const before = this.#state;
    this.#state = next(before, event);
    if (!isActive(this.#state)) this.#pending = null;
    if (this.#state !== before) this.#host.changed(this.#state);
  }

  #begin(event: RunEvent): void {
    this.#cursor.reset();
    this.#acks.restart();
    this.#outbox.reset();
    this.#attaching = false;
    this.#askedAt = null;
    this.#host.screen.reset();
    this.#apply(event);
  }

  #giveUp(problem: string): void {
    this.#apply({ type: "given_up", problem });
    this.#host.screen.end(problem, false);
  }

  #noteFirstOutput(): void {
    if (this.#askedAt === null) return;
    const milliseconds = this.#host.now() - this.#askedAt;
    this.#askedAt = null;
    this.#apply({ type: "first_output", milliseconds });
  }

  #started(message: Extract<ServerMessage, { type: "started" }>): void {
    this.#apply(message);
    this.resize();
    if (this.#state.stopping) this.#host.send({ type: "stop" });
  }

  #attach(): void {
    const { run } = this.#state;
    if (run === null) return;
    const offset = this.#cursor.expected;
    this.#attaching = this.#host.send({ type: "attach", run, offset });
  }

  #attached(message: Extract<ServerMessage, { type: "attached" }>): void {
    if (message.run !== this.#state.run) return;
    this.#attaching = false;
    const had = this.#state.control;
    this.#apply(message);
    if (!isActive(this.#state)) return;
    if (message.control) this.#takeUp(message.input_seq);
    else {
      this.#outbox.reset(message.input_seq);
      if (had) this.#host.screen.note(t("control.lost"));
    }
  }

  /** Another socket knows neither our grid nor what the old one was sending. */
  #takeUp(inputSeq: number): void {
    this.#outbox.acked(inputSeq);
    if (this.#state.stopping) this.#host.send({ type: "stop" });
    this.#told = { rows: 0, cols: 0 };
    this.resize();
    this.#sendAgain();
  }

  #sendAgain(): void {
    for (const input of this.#outbox.unacked) this.#host.send({ type: "send_input", ...input });
    this.#sendInput();
  }

  #sendInput(): void {
    if (!mayType(this.#state) || this.#attaching) return;
    for (const input of this.#outbox.take()) this.#host.send({ type: "send_input", ...input });
  }

  #gap(to: number): void {
    const lost = this.#cursor.skip(to);
    if (lost > 0) this.#host.screen.note(gapLine(lost));
    this.#acks.parsed(this.#cursor.expected);
  }

  #ended(exit: Exit): void {
    if (exit.run !== this.#state.run || !isActive(this.#state)) return;
    if (this.#cursor.expected < exit.output_bytes) {
      this.#attach();
      return;
    }
    this.#acks.flush();
    this.#host.screen.end(endingLine(exit), endedWell(exit));
    this.#apply(exit);
  }

  #failed(error: Extract<ServerMessage, { type: "error" }>): void {
    const fatal = isFatal(this.#state, error) || (this.#attaching && error.code === "bad_message");
    if (fatal) {
      this.#attaching = false;
      const quiet = this.#state.phase === "restoring";
      this.#apply(error);
      if (isActive(this.#state)) this.#apply({ type: "given_up", problem: refusal(error) });
      if (!quiet && this.#state.problem) this.#host.screen.end(this.#state.problem, false);
    } else if (error.code === "rate_limited" && isActive(this.#state)) {
      this.#resent ??= this.#host.timer.set(() => {
        this.#resent = null;
        this.#sendAgain();
      }, INPUT_AGAIN_MS);
    } else if (isActive(this.#state)) {
      this.#host.notice(refusal(error));
    }
  }
}

/** As it should, or because somebody wanted it. */
function endedWell({ outcome }: Exit): boolean {
  return outcome === "completed" || outcome.startsWith("stopped");
}

function tooLarge(bytes: number, most: number): string {
  return t("start.large", { size: size(bytes), most: size(most) });
}
