import { withCtrl } from "../../common/run/key_sequences";
import { RunSession } from "../../common/run/run_session";
import { isActive, mayType, type RunState } from "../../common/run/run_state";
import type { TerminalView } from "../../terminal/terminal_view";
import type { BrowserStorage } from "../chrome/browser_storage";
import { timer } from "../chrome/timer";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import { Connection } from "./connection";
import type { RunStatusView } from "./run_status_view";

const FIRST_SAVE_MS = 500;

export interface RunPanelHost {
  readonly snippetSession: SnippetSession;
  readonly terminal: TerminalView;
  readonly statusView: RunStatusView;
  readonly storage: BrowserStorage;
  readonly user: string;
  readonly startBytes: number;
  /** The program begins to talk. */
  began(): void;
  connected(): void;
  refused(): void;
  ctrlChanged(held: boolean): void;
}

/** Runs the open snippet in the terminal: run, stop, restart, clear, and type. */
export class RunPanel {
  readonly #host: RunPanelHost;
  readonly #session: RunSession;
  readonly #connection: Connection;
  #startedAt: number | null = null;
  /** Run was pressed, and its snippet is being saved for the first time. */
  #asked: ((snippet: number | null) => void) | null = null;
  #again = false;
  #ctrl = false;

  constructor(host: RunPanelHost) {
    this.#host = host;
    this.#session = new RunSession({
      screen: host.terminal,
      timer,
      startBytes: host.startBytes,
      now: () => performance.now(),
      send: (message) => this.#connection.send(message),
      changed: (state) => this.#show(state),
      notice: (text) => toast(text, "problem"),
    });
    const { protocol, host: server } = location;
    const address = `${protocol === "https:" ? "wss:" : "ws:"}//${server}/ws/terminal/`;
    this.#connection = new Connection(address, {
      changed: (state) => host.statusView.showConnection(state),
      connected: (user) => {
        // Somebody else has signed in with this browser: this page's texts are not theirs.
        if (user !== host.user) location.reload();
        this.#session.connected();
        host.connected();
      },
      refused: () => host.refused(),
      message: (message) => this.#session.receive(message),
      output: (frame) => this.#session.output(frame),
    });
    host.statusView.show(this.#session.state, null);
  }

  get active(): boolean {
    return this.#asked !== null || isActive(this.#session.state);
  }

  /** `restore`: shows the run that this tab had before it was loaded again. */
  async open(restore: boolean): Promise<void> {
    await this.#host.terminal.open(
      (text) => this.type(text),
      () => this.#session.resize(),
    );
    const kept = restore ? this.#host.storage.getRun() : null;
    if (!kept) return;
    this.#startedAt = kept.startedAt;
    this.#session.restore(kept.run);
  }

  connect(): void {
    this.#connection.open();
  }

  run(): void {
    if (this.active) return;
    const { snippetSession, terminal } = this.#host;
    // What is hidden cannot have the focus.
    this.#host.began();
    terminal.focus();
    const { language, main, files } = snippetSession.content();
    const asked = (snippet: number | null) => {
      if (this.#asked !== asked) return; // started, or stopped meanwhile
      this.#asked = null;
      this.#session.start({ language, files, main, snippet });
      void snippetSession.saveNow();
    };
    this.#asked = asked;
    if (snippetSession.id !== null) asked(snippetSession.id);
    else {
      // The history lists a run by its snippet, if that is there soon.
      timer.set(() => asked(null), FIRST_SAVE_MS);
      void snippetSession.saveNow().then(asked, () => asked(null));
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
    const { terminal } = this.#host;
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
    this.#host.ctrlChanged(held);
  }

  get ctrlHeld(): boolean {
    return this.#ctrl;
  }

  #show(state: RunState): void {
    const { storage, terminal, statusView } = this.#host;
    if (state.phase === "running") this.#startedAt ??= Date.now();
    else if (state.phase === "idle" || state.phase === "starting") this.#startedAt = null;
    storage.setRun(state.run === null ? null : { run: state.run, startedAt: this.#startedAt });
    terminal.setActive(mayType(state));
    statusView.show(state, this.#startedAt);
    if (this.#again && !isActive(state)) {
      this.#again = false;
      // Not in the middle of what the session is doing.
      queueMicrotask(() => this.run());
    }
  }
}
