// size: one class, what a user does with the run of the open snippet
import { Emitter } from "../../common/base/emitter";
import { programTimeZone } from "../../common/i18n/program_time_zone";
import { t } from "../../common/i18n/translate";
import type { OutputFrame } from "../../common/run/message_codec";
import { RunSession } from "../../common/run/run_session";
import { isActive, mayType, type RunState, takesInput } from "../../common/run/run_state";
import { StartHold } from "../../common/run/start_hold";
import { withCtrl } from "../../common/screen/key_sequences";
import type {
  GrantControl,
  ReleaseControl,
  ScreenSize,
  ServerMessage,
  SourceFile,
  WorkspaceConfig,
} from "../../protocol.gen";
import { Connection } from "../../terminal/connection";
import type { TerminalView } from "../../terminal/terminal_view";
import { timer } from "../../terminal/timer";
import { csrfToken } from "../../terminal/ways/csrf_token";
import type { BrowserStorage } from "../chrome/browser_storage";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import type { ConnectionNotice } from "./connection_notice";
import type { ProgramOptions } from "./program_options";
import type { RunErrors } from "./run_errors";
import type { RunStatusView } from "./run_status_view";
import { keepTypedAhead, takeTypedAhead } from "./typed_ahead";

const FIRST_SAVE_MS = 500;
/** Typed before the run is asked for, which takes FIRST_SAVE_MS at most. */
const EARLY_UNITS = 64 * 1024;

/** Empty: by nothing. */
export type Observed = "" | "debug" | "trace";
export type Aside = OutputFrame | Extract<ServerMessage, { type: "gap" | "channel_ack" }>;

export interface RunPanelDependencies {
  readonly snippetSession: SnippetSession;
  readonly programOptions: ProgramOptions;
  readonly classOfRun: () => { readonly class?: number };
  readonly terminal: TerminalView;
  readonly statusView: RunStatusView;
  readonly errors: RunErrors;
  readonly connectionNotice: ConnectionNotice;
  readonly storage: BrowserStorage;
  readonly config: Pick<WorkspaceConfig, "user" | "start_bytes">;
}

/** Runs the open snippet in the terminal: run, stop, restart, clear, and type. */
export class RunPanel {
  readonly #willRun = new Emitter();
  /** Run was pressed; the terminal is about to get the focus. */
  readonly onWillRun = this.#willRun.event;
  readonly #didConnect = new Emitter();
  readonly onDidConnect = this.#didConnect.event;
  readonly #didChangeCtrl = new Emitter<boolean>();
  /** Whether the key row's Ctrl applies to the next key. */
  readonly onDidChangeCtrl = this.#didChangeCtrl.event;
  readonly onDidFailToConnect;
  readonly #didChangeRun = new Emitter<RunState>();
  readonly onDidChangeRun = this.#didChangeRun.event;
  readonly #didReachLimit = new Emitter();
  /** The user has as many programs running as allowed. */
  readonly onDidReachLimit = this.#didReachLimit.event;

  readonly #didChangeState = new Emitter<RunState>();
  readonly onDidChangeState = this.#didChangeState.event;
  readonly #didHearAside = new Emitter<Aside>();
  /** What came on a channel beside the terminal. */
  readonly onDidHearAside = this.#didHearAside.event;
  readonly #didReceiveMessage = new Emitter<ServerMessage>();
  /** Messages of the server, when the run has handled them; none of channels beside the terminal. */
  readonly onDidReceiveMessage = this.#didReceiveMessage.event;

  readonly #deps: RunPanelDependencies;
  readonly #connection: Connection;
  readonly #session: RunSession;
  readonly #hold = new StartHold(timer, () => this.#draw());
  #startedAt: number | null = null;
  /** Starts the run; set while a new snippet is saved for the first time. */
  #pendingStart: ((snippet: number | null) => void) | null = null;
  /** What was typed while the run waits for its snippet or for the end of the run before. */
  #early: string[] = [];
  #restarting = false;
  #observed: Observed = "";
  #hasScreen = false;
  #phase = "idle";
  #ctrl = false;

  constructor(deps: RunPanelDependencies) {
    this.#deps = deps;
    this.#connection = new Connection({
      token: csrfToken,
      sides: true,
      way: deps.storage.getOfTab("way") === "polls" ? "polls" : "socket",
      mayReplace: () => !this.active,
    });
    this.#session = new RunSession({
      screen: deps.terminal.screen,
      timer,
      startBytes: deps.config.start_bytes,
      send: (message) =>
        this.#connection.send(
          message.type === "attach" ? { ...message, offsets: this.sideOffsets() } : message,
        ),
      changed: (state) => this.#show(state),
      notice: (text) => toast(text, "problem"),
      refused: (code) => {
        if (code === "too_many_runs") this.#didReachLimit.fire();
      },
    });
    this.onDidFailToConnect = this.#connection.onDidFailToConnect;
    this.#connection.onDidChangeState((state) => deps.statusView.showConnection(state));
    this.#connection.onDidDiagnose((failure) => deps.connectionNotice.failed(failure));
    this.#connection.onDidChooseWay((way) => {
      deps.storage.setOfTab("way", way);
      deps.statusView.showWay(way);
      deps.connectionNotice.connected(way);
    });
    this.#connection.onDidConnect((user) => this.#handleConnected(user));
    this.#connection.onDidReceiveMessage((message) => {
      if ((message.type === "gap" || message.type === "channel_ack") && message.channel) {
        this.#didHearAside.fire(message);
      } else {
        this.#session.receive(message);
        this.#didReceiveMessage.fire(message);
      }
    });
    this.#connection.onDidReceiveOutput((frame) => {
      if (frame.channel) return this.#didHearAside.fire(frame);
      this.#session.output(frame);
      this.#endHold();
    });
    keepTypedAhead(deps.storage, () => this.#session.typedAhead);
    deps.statusView.show(this.#session.state, null);
  }

  get active(): boolean {
    return this.#pendingStart !== null || isActive(this.#session.state);
  }

  /** The run that this page shows; null: none, or its program has ended. */
  get shownRun(): string | null {
    return isActive(this.#session.state) ? this.#session.state.run : null;
  }

  get state(): RunState {
    return this.#session.state;
  }

  /** How the run of this tab is observed, as far as the tab knows. */
  get observed(): Observed {
    return this.#observed;
  }

  /** The screen that a program gets for its windows; null: none. */
  screenFor: (language: string, files: readonly SourceFile[]) => ScreenSize | null = () => null;

  /** The run of this tab was started with a screen. */
  get hasScreen(): boolean {
    return this.#hasScreen;
  }

  /** Where this page is in channels beside the terminal. */
  sideOffsets: () => Readonly<Partial<Record<"1" | "2", number>>> = () => ({});

  sendAside(frame: Uint8Array<ArrayBuffer>): boolean {
    return this.#connection.sendFrame(frame);
  }

  ackAside(channel: number, offset: number): void {
    if (isActive(this.#session.state)) this.#connection.send({ type: "ack", channel, offset });
  }

  /** Goes back to another run of the user: its terminal, from the first byte. */
  attach(run: string): void {
    if (this.active) return;
    this.#startedAt = null;
    this.#observed = "";
    this.#session.restore(run);
    this.#willRun.fire();
    this.#deps.terminal.focus();
  }

  /** `restore`: shows the run that this tab showed before the page was reloaded. */
  async open(restore: boolean): Promise<void> {
    await this.#deps.terminal.open(
      {
        typed: (text) => this.type(text),
        answered: (text) => this.#session.answer(text),
      },
      () => this.#session.resize(),
    );
    const stored = restore ? this.#deps.storage.getRun() : null;
    if (!stored) return;
    this.#startedAt = stored.startedAt;
    this.#observed = stored.observed ?? "";
    this.#session.restore(stored.run);
    const typed = takeTypedAhead(this.#deps.storage, stored.run);
    if (typed) this.#session.type(typed);
  }

  /** Lets somebody type into the run, or ends that. */
  shareControl(message: GrantControl | ReleaseControl): void {
    this.#connection.send(message);
  }

  connect(): void {
    this.#connection.open();
  }

  /** `observed`: with a debugger, or with a trace of its steps. */
  run(observed: Observed = ""): void {
    if (this.active) return;
    this.#observed = observed;
    const { snippetSession, programOptions, terminal } = this.#deps;
    const { language, main, files } = snippetSession.content();
    const { args } = programOptions;
    const keepOpen = !observed && programOptions.keepOpen && { keep_open: true };
    const watched = observed && { [observed]: true };
    const timezone = programTimeZone();
    const screen = this.screenFor(language, files);
    this.#hasScreen = screen !== null;
    const { classOfRun } = this.#deps;
    const start = (snippet: number | null) => {
      if (this.#pendingStart !== start) return; // already started, or stopped
      this.#pendingStart = null;
      this.#hold.begin();
      const windows = screen && { screen };
      const options = { ...keepOpen, ...watched, ...windows, ...timezone, ...classOfRun() };
      this.#session.start({ language, files, main, args, snippet, ...options });
      for (const typed of this.#early.splice(0)) this.#session.type(typed);
      void snippetSession.saveNow();
    };
    this.#pendingStart = start;
    terminal.setActive(true);
    if (snippetSession.id !== null) start(snippetSession.id);
    else {
      terminal.showActive();
      // The history lists a run under its snippet: waits a moment for the snippet's id.
      timer.set(() => start(null), FIRST_SAVE_MS);
      void snippetSession.saveNow().then(start, () => start(null));
    }
    // The terminal may be hidden (on a phone), and a hidden element cannot be focused.
    this.#willRun.fire();
    terminal.focus();
  }

  stop(): void {
    this.#pendingStart = null;
    this.#early = [];
    this.#session.stop();
  }

  /** Stops the run, and runs the newest text when it has ended. */
  restart(): void {
    if (!this.active) this.run(this.#observed);
    else if (this.#pendingStart === null) {
      this.#restarting = true;
      this.#session.stop();
    }
  }

  clear(): void {
    const { terminal } = this.#deps;
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
    if (this.#pendingStart !== null || this.#restarting) this.#keepForStart(typed);
    else this.#session.type(typed);
  }

  #keepForStart(typed: string): void {
    const kept = this.#early.reduce((sum, { length }) => sum + length, 0);
    if (kept + typed.length <= EARLY_UNITS) this.#early.push(typed);
    else toast(t("input.held_full"), "problem");
  }

  /** The key row's Ctrl applies to one key. */
  holdCtrl(held: boolean): void {
    if (held === this.#ctrl) return;
    this.#ctrl = held;
    this.#didChangeCtrl.fire(held);
  }

  get ctrlHeld(): boolean {
    return this.#ctrl;
  }

  #handleConnected(user: string): void {
    // Another user signed in with this browser and must not see this page's snippets.
    if (user !== this.#deps.config.user) location.reload();
    this.#session.connected();
    this.#didConnect.fire();
  }

  #show(state: RunState): void {
    const { storage, terminal, errors } = this.#deps;
    errors.follow(state);
    this.#didChangeRun.fire(state);
    // On a phone, a page that was loaded again shows the program that runs.
    if (this.#phase === "restoring" && /queued|running/.test(state.phase)) this.#willRun.fire();
    this.#phase = state.phase;
    this.#didChangeState.fire(state);
    if (state.phase === "running") this.#startedAt ??= Date.now();
    else if (state.phase === "idle" || state.phase === "starting") this.#startedAt = null;
    const { run } = state;
    const kept = {
      startedAt: this.#startedAt,
      ...(this.#observed && { observed: this.#observed }),
    };
    storage.setRun(run === null ? null : { run, ...kept });
    // Not held back: the answers of the terminal to a program come while its output is parsed.
    terminal.setActive(takesInput(state) || this.#pendingStart !== null);
    if (!this.#hold.holding) this.#draw();
    else if (!isActive(state)) this.#endHold();
    if (this.#restarting && !isActive(state)) {
      this.#restarting = false;
      // The session is still handling the event that ended the run.
      queueMicrotask(() => this.run(this.#observed));
    }
  }

  /** There is something to show: what was held back is shown with it. */
  #endHold(): void {
    if (!this.#hold.holding) return;
    this.#deps.terminal.screen.whenParsed(() => this.#hold.release());
  }

  /** Everything that is visible of the state. */
  #draw(): void {
    const { terminal, statusView } = this.#deps;
    const { state } = this.#session;
    terminal.screen.showReset();
    terminal.showActive();
    terminal.setWaiting(state.waiting !== "" && mayType(state));
    statusView.show(state, this.#startedAt);
  }
}
