import { RunSession } from "../../common/run/run_session";
import { isActive, mayType, type RunState } from "../../common/run/run_state";
import { withCtrl } from "../../common/run/touch_input";
import type { TerminalView } from "../../terminal/terminal_view";
import type { Memory } from "../chrome/memory";
import { timer } from "../chrome/timer";
import { toast } from "../chrome/widgets/toasts";
import type { Desk } from "../snippets/desk";
import { Connection } from "./connection";
import type { View } from "./view";

const FIRST_SAVE_MS = 500;

export interface RunPanelOutside {
  readonly desk: Desk;
  readonly terminal: TerminalView;
  readonly view: View;
  readonly memory: Memory;
  readonly user: string;
  readonly startBytes: number;
  /** The program begins to talk. */
  began(): void;
  connected(): void;
  refused(): void;
  ctrlChanged(held: boolean): void;
}

/** The desk's program and its terminal: run, stop, restart, clear, and type. */
export class RunPanel {
  readonly #out: RunPanelOutside;
  readonly #session: RunSession;
  readonly #connection: Connection;
  #startedAt: number | null = null;
  /** Run was pressed, and its snippet is being saved for the first time. */
  #asked: ((snippet: number | null) => void) | null = null;
  #again = false;
  #ctrl = false;

  constructor(outside: RunPanelOutside) {
    this.#out = outside;
    this.#session = new RunSession({
      screen: outside.terminal,
      timer,
      startBytes: outside.startBytes,
      now: () => performance.now(),
      send: (message) => this.#connection.send(message),
      changed: (state) => this.#show(state),
      notice: (text) => toast(text, "problem"),
    });
    const { protocol, host } = location;
    const address = `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/terminal/`;
    this.#connection = new Connection(address, {
      changed: (state) => outside.view.showConnection(state),
      connected: (user) => {
        // Somebody else has signed in with this browser: this page's texts are not theirs.
        if (user !== outside.user) location.reload();
        this.#session.connected();
        outside.connected();
      },
      refused: () => outside.refused(),
      message: (message) => this.#session.receive(message),
      output: (frame) => this.#session.output(frame),
    });
    outside.view.show(this.#session.state, null);
  }

  get active(): boolean {
    return this.#asked !== null || isActive(this.#session.state);
  }

  /** `restore`: shows the run that this tab had before it was loaded again. */
  async open(restore: boolean): Promise<void> {
    await this.#out.terminal.open(
      (text) => this.type(text),
      () => this.#session.resize(),
    );
    const kept = restore ? this.#out.memory.getRun() : null;
    if (!kept) return;
    this.#startedAt = kept.startedAt;
    this.#session.restore(kept.run);
  }

  connect(): void {
    this.#connection.open();
  }

  run(): void {
    if (this.active) return;
    const { desk, terminal } = this.#out;
    // What is hidden cannot have the focus.
    this.#out.began();
    terminal.focus();
    const { language, main, files } = desk.content();
    const asked = (snippet: number | null) => {
      if (this.#asked !== asked) return; // started, or stopped meanwhile
      this.#asked = null;
      this.#session.start({ language, files, main, snippet });
      void desk.saveNow();
    };
    this.#asked = asked;
    if (desk.id !== null) asked(desk.id);
    else {
      // The history lists a run by its snippet, if that is there soon.
      timer.set(() => asked(null), FIRST_SAVE_MS);
      void desk.saveNow().then(asked, () => asked(null));
    }
  }

  stop(): void {
    this.#asked = null;
    this.#session.stop();
  }

  /** Ends what runs, and runs the newest text. */
  restart(): void {
    if (!this.active) this.run();
    else if (this.#asked === null) {
      this.#again = true;
      this.#session.stop();
    }
  }

  clear(): void {
    const { terminal } = this.#out;
    if (this.active) {
      terminal.clear();
      terminal.focus();
    } else {
      terminal.clearAll();
      this.#session.forget();
    }
  }

  type(text: string): void {
    const typed = this.#ctrl ? (withCtrl(text) ?? text) : text;
    this.holdCtrl(false);
    this.#session.type(typed);
  }

  /** Ctrl of the key row holds for one key. */
  holdCtrl(held: boolean): void {
    if (held === this.#ctrl) return;
    this.#ctrl = held;
    this.#out.ctrlChanged(held);
  }

  get ctrlHeld(): boolean {
    return this.#ctrl;
  }

  #show(state: RunState): void {
    const { memory, terminal, view } = this.#out;
    if (state.phase === "running") this.#startedAt ??= Date.now();
    else if (state.phase === "idle" || state.phase === "starting") this.#startedAt = null;
    memory.setRun(state.run === null ? null : { run: state.run, startedAt: this.#startedAt });
    terminal.setActive(mayType(state));
    view.show(state, this.#startedAt);
    if (this.#again && !isActive(state)) {
      this.#again = false;
      // Not in the middle of what the session is doing.
      queueMicrotask(() => this.run());
    }
  }
}
