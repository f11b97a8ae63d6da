// size: one session, whose states and buffers belong together
import type { ClientMessage, Exit, ServerMessage } from "../../protocol.gen";
import { ascii } from "../base/utf8";
import { t } from "../i18n/translate";
import { Answers } from "../screen/answers";
import { HeldInput } from "../screen/held_input";
import { AckBatch } from "./ack_batch";
import { InputOutbox } from "./input_outbox";
import type { OutputFrame } from "./message_codec";
import { OutputCursor } from "./output_cursor";
import type { Grid, Program, RunSessionHost } from "./run_host";
import {
  IDLE,
  isActive,
  isFatal,
  mayType,
  next,
  type RunEvent,
  type RunState,
  takesInput,
} from "./run_state";
import { endingLine, gapLine, sizeProblem } from "./run_text";

const RESEND_INPUT_MS = 1000;
/** After Stop, the terminal has that long for what was printed. */
const SKIP_MS = 2000;
/** Longer than the server needs to see that the program waits again: a line is typed key by key. */
const WAITING_ENDS_MS = 400;

/** Notices that say what is so until another one says that it is not. */
const STATED: ReadonlySet<string> = new Set([
  "output_held",
  "output_resumed",
  "watched",
  "unwatched",
]);
/** Who lost control may read first that it was given to somebody. */
const CONTROL_LOST_MS = 300;

/** The page's side of a run: survives reconnects, and resends and deduplicates what they lost. */
export class RunSession {
  #state = IDLE;
  #pendingStart: ClientMessage | null = null;
  #attaching = false;
  #resendTimer: unknown = null;
  #attachTimer: unknown = null;
  #sentGrid: Grid = { rows: 0, cols: 0 };
  #waitingEnds: unknown = null;
  #answers: Answers;
  #answering = false;
  readonly #cursor = new OutputCursor();
  readonly #outbox = new InputOutbox();
  readonly #acks: AckBatch;
  readonly #held: HeldInput;
  readonly #host: RunSessionHost;

  constructor(host: RunSessionHost) {
    this.#host = host;
    this.#acks = new AckBatch((offset) => {
      if (isActive(this.#state)) this.#host.send({ type: "ack", offset });
    }, host.timer);
    this.#answers = this.#newAnswers();
    this.#held = new HeldInput(host.screen, host.timer);
  }

  get state(): RunState {
    return this.#state;
  }

  /** What waits for a program that does not run yet, as far as this page knows. */
  get typedAhead(): { readonly run: string | null; readonly typed: string } {
    const waits = takesInput(this.#state) && !mayType(this.#state);
    return { run: this.#state.run, typed: waits ? this.#outbox.held : "" };
  }

  // --- User actions --------------------------------------------------------------------------
  start(program: Program): void {
    if (isActive(this.#state)) return;
    this.#begin({ type: "start" });
    this.#sentGrid = this.#host.screen.grid;
    const { rows, cols } = this.#sentGrid;
    const message: ClientMessage = { type: "start_interactive", ...program, rows, cols };
    const problem = sizeProblem(program.files, message, this.#host.startBytes);
    if (problem) this.#failToStart(problem);
    else if (!this.#host.send(message)) this.#pendingStart = message;
  }

  /** After a reload: attaches to the run that this tab showed, from its first byte. */
  restore(run: string): void {
    this.#begin({ type: "restore", run });
    this.#attach();
  }

  type(text: string): void {
    if (!takesInput(this.#state)) return;
    this.#endWaiting();
    const runs = mayType(this.#state);
    if (!this.#outbox.add(text)) this.#host.notice(t(runs ? "input.full" : "input.held_full"));
    else if (runs) this.#sendInput();
    else this.#held.show(this.#outbox.held);
  }

  /** What the terminal itself answers to the program. Many are sent as one input. */
  answer(text: string): void {
    if (!mayType(this.#state) || this.#state.compiling) return;
    if (!this.#outbox.add(text) || this.#answering) return;
    this.#answering = true;
    void Promise.resolve().then(() => {
      this.#answering = false;
      this.#sendInput();
    });
  }

  resize(): void {
    const { rows, cols } = this.#host.screen.grid;
    const same = rows === this.#sentGrid.rows && cols === this.#sentGrid.cols;
    if (same || !mayType(this.#state)) return;
    if (this.#host.send({ type: "resize", rows, cols })) this.#sentGrid = { rows, cols };
  }

  stop(): void {
    const { control, shared } = this.#state;
    // Also while somebody else types by the user's leave.
    if (!isActive(this.#state) || (!control && !shared)) return;
    if (this.#pendingStart) {
      this.#apply({ type: "reset", problem: null });
      return;
    }
    this.#apply({ type: "stop_requested" });
    this.#host.send({ type: "stop" });
    this.#skipLater();
  }

  /** The end comes after all output, of which some takes the terminal minutes. */
  #skipLater(): void {
    this.#host.timer.set(() => {
      if (!this.#state.stopping || !isActive(this.#state)) return;
      this.#host.screen.skip();
      this.#skipLater();
    }, SKIP_MS);
  }

  /** Returns to the idle state after a run has ended. */
  forget(): void {
    if (!isActive(this.#state)) this.#apply({ type: "reset", problem: null });
  }

  // --- Connection events ---------------------------------------------------------------------
  connected(): void {
    if (this.#pendingStart) {
      this.#host.send(this.#pendingStart);
      this.#pendingStart = null;
    } else if (this.#state.phase === "starting") {
      this.#failToStart(t("start.lost"));
    } else if (isActive(this.#state)) {
      this.#attach();
    }
  }

  receive(message: ServerMessage): void {
    switch (message.type) {
      case "started":
        this.#handleStarted(message);
        break;
      case "attached":
        this.#handleAttached(message);
        break;
      case "input_ack":
        this.#outbox.acked(message.seq);
        this.#sendInput();
        break;
      case "gap":
        this.#handleGap(message.to, message.state ?? "");
        break;
      case "notice":
        this.#handleNotice(message);
        break;
      case "exit":
        this.#handleExit(message);
        break;
      case "error":
        this.#handleError(message);
        break;
      default:
        this.#apply(message);
    }
  }

  output(frame: OutputFrame): void {
    if (!isActive(this.#state)) return;
    const result = this.#cursor.take(frame.offset, frame.data);
    if (result.kind === "missing") {
      if (!this.#attaching) this.#attach();
    } else if (result.kind === "new") {
      this.#endWaiting();
      this.#write(result.data);
    }
  }

  #write(data: Uint8Array): void {
    const { run } = this.#state;
    let start = this.#cursor.expected - data.length;
    for (const { piece, wants } of this.#answers.pieces(start, data)) {
      start += piece.length;
      const end = start;
      const parsed = () => {
        if (this.#state.run === run) this.#acks.parsed(end);
      };
      this.#host.screen.write(piece, parsed, wants);
    }
  }

  /** Of one run: what is parsed of it when another one runs, asks in vain. */
  #newAnswers(): Answers {
    const answers: Answers = new Answers(
      this.#host.timer,
      () =>
        answers === this.#answers &&
        mayType(this.#state) &&
        !this.#state.compiling && // what a compiler asks, its program must not get
        this.#outbox.takesAnswers,
    );
    return answers;
  }

  // --- Private -------------------------------------------------------------------------------
  #apply(event: RunEvent): void {
    const before = this.#state;
    this.#state = next(before, event);
    if (!isActive(this.#state)) this.#pendingStart = null;
    if (!isActive(this.#state) || this.#state.phase === "running") this.#held.end();
    if (this.#state !== before) this.#host.changed(this.#state);
  }

  #begin(event: RunEvent): void {
    this.#host.screen.reset(); // first: what it drops counts as parsed, for the run before
    this.#cursor.reset();
    this.#acks.restart();
    this.#outbox.reset();
    this.#held.end();
    this.#answers.end();
    this.#answers = this.#newAnswers();
    this.#attaching = false;
    this.#keepWaiting();
    this.#apply(event);
  }

  #failToStart(problem: string): void {
    this.#apply({ type: "reset", problem });
    this.#host.screen.end(problem, false);
  }

  /** Of waiting: input that is on its way may be what the program waits for. */
  #handleNotice(notice: Extract<ServerMessage, { type: "notice" }>): void {
    if (STATED.has(notice.code)) {
      this.#apply(notice);
      return;
    }
    if (notice.code === "processor_time") {
      this.#host.notice(notice.message);
      return;
    }
    if (this.#outbox.unacked.length > 0) return;
    if (notice.code === "running") {
      this.#endWaiting();
    } else if (notice.code === "waiting_for_input") {
      this.#keepWaiting();
      this.#apply(notice);
    }
  }

  #endWaiting(): void {
    if (!this.#state.waiting) return;
    this.#waitingEnds ??= this.#host.timer.set(() => {
      this.#waitingEnds = null;
      this.#apply({ type: "waiting_ended" });
    }, WAITING_ENDS_MS);
  }

  #keepWaiting(): void {
    if (this.#waitingEnds !== null) this.#host.timer.clear(this.#waitingEnds);
    this.#waitingEnds = null;
  }

  #handleStarted(message: Extract<ServerMessage, { type: "started" }>): void {
    this.#apply(message);
    this.resize();
    if (this.#state.stopping) this.#host.send({ type: "stop" });
    this.#sendInput();
  }

  #attach(): void {
    const { run } = this.#state;
    if (run === null) return;
    const offset = this.#cursor.expected;
    this.#attaching = this.#host.send({ type: "attach", run, offset });
  }

  /** The server said when. Meanwhile the run goes on, and holds its output. */
  #attachAgain({ figures }: Extract<ServerMessage, { type: "error" }>): void {
    const seconds = Number(figures?.wait_seconds ?? 1);
    this.#attachTimer ??= this.#host.timer.set(() => {
      this.#attachTimer = null;
      if (this.#attaching) this.#attach();
    }, seconds * 1000);
  }

  #handleAttached(message: Extract<ServerMessage, { type: "attached" }>): void {
    if (message.run !== this.#state.run) return;
    this.#attaching = false;
    this.#answers.printedBefore(message.output_bytes ?? 0);
    // A page that shows a run for the first time has lost nothing.
    const had = this.#state.control && this.#state.phase !== "restoring";
    this.#apply(message);
    if (!isActive(this.#state)) return;
    if (message.control) this.#resumeControl(message.input_seq);
    else {
      this.#outbox.reset(message.input_seq);
      if (had) this.#noteLostControl();
    }
  }

  /** To another window of the same user; not where the user lets somebody type. */
  #noteLostControl(): void {
    const { run } = this.#state;
    this.#host.timer.set(() => {
      const { control, shared, run: now } = this.#state;
      const lent = shared !== null && !shared.you;
      if (now === run && !control && !lent) this.#host.screen.note(t("control.lost"));
    }, CONTROL_LOST_MS);
  }

  /** A new socket knows neither the terminal's size nor the input that the old one was sending. */
  #resumeControl(inputSeq: number): void {
    this.#outbox.acked(inputSeq);
    if (this.#state.stopping) this.#host.send({ type: "stop" });
    this.#sentGrid = { rows: 0, cols: 0 };
    this.resize();
    this.#resendInput();
  }

  #resendInput(): void {
    for (const input of this.#outbox.unacked) this.#host.send({ type: "send_input", ...input });
    this.#sendInput();
  }

  #sendInput(): void {
    if (!mayType(this.#state) || this.#attaching) return;
    for (const input of this.#outbox.take()) this.#host.send({ type: "send_input", ...input });
  }

  #handleGap(to: number, state: string): void {
    const lost = this.#cursor.skip(to);
    if (lost > 0) {
      this.#host.screen.note(gapLine(lost));
      if (state) this.#host.screen.write(ascii(state), () => undefined);
    }
    this.#acks.parsed(this.#cursor.expected);
  }

  #handleExit(exit: Exit): void {
    if (exit.run !== this.#state.run || !isActive(this.#state)) return;
    if (this.#cursor.expected < exit.output_bytes) {
      this.#attach();
      return;
    }
    this.#acks.flush();
    this.#answers.end();
    this.#keepWaiting();
    this.#held.end();
    this.#host.screen.end(endingLine(exit), endedNormally(exit));
    this.#apply(exit);
  }

  #handleError(error: Extract<ServerMessage, { type: "error" }>): void {
    const fatal = isFatal(this.#state, error) || (this.#attaching && error.code === "bad_message");
    if (error.code === "rate_limited" && this.#attaching) {
      this.#attachAgain(error);
    } else if (fatal) {
      this.#attaching = false;
      const quiet = this.#state.phase === "restoring";
      this.#apply(error);
      if (isActive(this.#state)) this.#apply({ type: "reset", problem: error.message });
      if (!quiet && this.#state.problem) this.#host.screen.end(this.#state.problem, false);
      if (error.reason_code) this.#host.refused(error.reason_code);
    } else if (error.code === "rate_limited" && isActive(this.#state)) {
      this.#resendTimer ??= this.#host.timer.set(() => {
        this.#resendTimer = null;
        this.#resendInput();
      }, RESEND_INPUT_MS);
    } else if (isActive(this.#state)) {
      this.#host.notice(error.message);
    }
  }
}

/** Finished, or stopped on request. */
function endedNormally({ outcome }: Exit): boolean {
  return outcome === "completed" || outcome.startsWith("stopped");
}
