// size: what connects one debugged program with the page
import "../../styles/debug.css";
import { SideChannel } from "../../common/channels/side_channel";
import { PLAIN } from "../../common/debug/breakpoints";
import { DebugSession, type DebugSessionHost } from "../../common/debug/debug_session";
import type { DebugState, Frame, StepCommand } from "../../common/debug/debug_state";
import { TraceReader } from "../../common/debug/trace";
import { isActive } from "../../common/run/run_state";
import type { SourceFile } from "../../protocol.gen";
import { timer } from "../../terminal/timer";
import { byId } from "../chrome/widgets/dom";
import { passingToast, toast } from "../chrome/widgets/toasts";
import type { Aside } from "../run/run_panel";
import { openBreakpoint } from "./breakpoint_dialog";
import type { DebugActions, DebugDependencies, Place } from "./debug_dependencies";
import { DebugPanel } from "./debug_panel";
import { text } from "./debug_texts";
import { ExceptionSetting } from "./exception_setting";
import { StartedProgram } from "./started_program";
import { TraceView } from "./trace_view";

const DEBUGGER = 1;

/** Debugs the program of this page: its channel, its session, and what is shown of them. */
export class Debugging implements DebugActions {
  readonly #deps: DebugDependencies;
  readonly #panel: DebugPanel;
  readonly #exceptions: ExceptionSetting;
  #channel: SideChannel;
  #session: DebugSession;
  #shownFrame: Frame | null = null;
  #trace: TraceReader | null = null;
  #traceEnded = false;
  #endRecording: () => void = () => undefined;
  readonly #traceView: TraceView;
  #begun = false;
  readonly #program: StartedProgram;
  /** Breakpoints that the debugger was told last, by file. */
  readonly #asked = new Map<string, string>();

  constructor(deps: DebugDependencies) {
    this.#deps = deps;
    this.#program = new StartedProgram(deps.session, deps.storage);
    this.#exceptions = new ExceptionSetting(deps.storage, () =>
      this.#session.setFilters(this.#exceptions.filters),
    );
    this.#channel = this.#newChannel();
    this.#session = this.#newSession();
    this.#panel = new DebugPanel(this, deps, this.#exceptions);
    this.#traceView = new TraceView({
      editor: deps.editor,
      opened: () => this.#program.open,
      showFile: (path) => deps.session.show(path),
      shownLine: (path, line) => this.#program.shownLine(path, line),
    });
    deps.editor.breakpoints.onDidChange(() => this.#sendBreakpoints());
    deps.panel.onDidConnect(() => this.#channel.detached());
    deps.panel.onDidChangeState((state) => {
      if (!isActive(state)) this.#end();
    });
    deps.editor.onDidChange(() => {
      if (this.#begun) this.#show(this.#session.state);
    });
    let open = "";
    deps.session.onDidChange(() => {
      if (open === deps.session.draftKey) return;
      open = deps.session.draftKey;
      if (this.#begun) this.#show(this.#session.state);
      this.#sendBreakpoints();
      this.#traceView.follow();
    });
  }

  get session(): DebugSession {
    return this.#session;
  }

  get stopped(): boolean {
    return this.#session.state.phase === "stopped";
  }

  get offsets(): Readonly<Partial<Record<"1", number>>> {
    return isActive(this.#deps.panel.state) ? { 1: this.#channel.offset } : {};
  }

  /** A run begins that may be observed; `files`: null if this page does not start it. */
  begin(files: readonly SourceFile[] | null): void {
    this.#begun = false;
    this.#channel = this.#newChannel();
    this.#session = this.#newSession();
    this.leaveTrace();
    this.#program.begin(files);
    this.#rememberAsked();
    const { observed } = this.#deps.panel;
    if (observed === "trace") this.#beginTrace();
    else if (observed === "debug") this.#panel.open();
  }

  /** Another program runs: the steps of the one before are not its own. */
  leaveTrace(): void {
    this.#trace = null;
    this.#traceView.close();
  }

  hear(aside: Aside): void {
    if (!("type" in aside)) {
      this.#channel.output(aside.offset, aside.data);
    } else if (aside.type === "gap") {
      this.#channel.gap(aside.to);
    } else if (aside.channel === DEBUGGER && this.#channel.acked(aside.seq) && !this.#begun) {
      this.#begun = true;
      this.#opened(aside.seq);
    }
  }

  // --- Commands --------------------------------------------------------------------------------
  step(command: StepCommand): void {
    this.#session.step(command);
  }

  pause(): void {
    this.#session.pause();
  }

  stop(): void {
    this.#deps.panel.stop();
  }

  runToCursor(): void {
    const { editor } = this.#deps;
    if (!this.#session.runTo(editor.path, editor.cursorLine)) toast(text("not_running"));
  }

  toggleAtCursor(): void {
    const { editor } = this.#deps;
    const { path, cursorLine } = editor;
    this.announce(editor.breakpoints.toggle(path, cursorLine), cursorLine);
  }

  editBreakpoint(path = this.#deps.editor.path, line = this.#deps.editor.cursorLine): void {
    const { breakpoints } = this.#deps.editor;
    openBreakpoint(line, breakpoints.at(path, line) ?? { ...PLAIN }, (options) => {
      if (options === null) breakpoints.remove(path, line);
      else breakpoints.set(path, line, options);
    });
  }

  announce(set: boolean, line: number): void {
    byId("announcer").textContent = text(set ? "breakpoint_set" : "breakpoint_removed", { line });
  }

  shownLine(path: string, line: number): number | null {
    return this.#program.shownLine(path, line);
  }

  runs({ path, line }: Place): boolean {
    return this.#program.lineOf(path, line) !== null;
  }

  /** Shows a line of the text in the editor. */
  show({ path, line }: Place): void {
    const { session, editor } = this.#deps;
    if (!session.files.paths.includes(path)) return;
    session.show(path);
    const before = editor
      .getText()
      .split("\n")
      .slice(0, line - 1);
    const offset = before.reduce((sum, { length }) => sum + length + 1, 0);
    editor.select(offset, offset);
  }

  // --- Private ---------------------------------------------------------------------------------
  #newChannel(): SideChannel {
    const { panel } = this.#deps;
    const current = (): boolean => channel === this.#channel;
    const channel: SideChannel = new SideChannel(DEBUGGER, {
      timer,
      send: (frame) => panel.sendAside(frame),
      ack: (number, offset) => current() && panel.ackAside(number, offset),
      received: (data) => {
        if (!current()) return;
        if (this.#trace === null) this.#session.feed(data);
        // A page that was loaded again learns from what comes that it is a trace.
        if (this.#deps.panel.observed !== "debug") this.#feedTrace(data);
      },
      skipped: () => {
        if (!current()) return;
        if (this.#deps.panel.observed !== "trace") this.#session.skip();
        this.#trace?.skip();
      },
    });
    return channel;
  }

  #newSession(): DebugSession {
    const host: DebugSessionHost = {
      timer,
      send: (data) => this.#channel.send(data),
      paths: () => this.#program.paths,
      lineOf: (path, line) => this.#program.lineOf(path, line),
    };
    // Higher than that of any page of this run before.
    const session = new DebugSession(host, this.#deps.editor.breakpoints, Date.now());
    session.onDidChange((state) => {
      if (session === this.#session) this.#show(state);
    });
    return session;
  }

  #opened(seq: number): void {
    const { panel } = this.#deps;
    if (panel.observed === "trace") return;
    this.#panel.open();
    if (!panel.state.control) return;
    if (seq === 0) this.#session.begin(this.#exceptions.filters);
    else void this.#session.resume();
  }

  #sendBreakpoints(): void {
    if (!this.#begun || this.#session.state.phase === "ended") return;
    if (!this.#program.open) return; // those of another snippet are not for it
    for (const path of this.#program.paths) {
      const asked = this.#wanted(path);
      if (this.#asked.get(path) === asked) continue;
      this.#asked.set(path, asked);
      this.#session.sendBreakpoints(path);
    }
  }

  #rememberAsked(): void {
    this.#asked.clear();
    for (const path of this.#program.paths) this.#asked.set(path, this.#wanted(path));
  }

  #wanted(path: string): string {
    const lineOf = (line: number) => this.#program.lineOf(path, line);
    return JSON.stringify(this.#deps.editor.breakpoints.asked(path, lineOf));
  }

  #show(state: DebugState): void {
    const { editor } = this.#deps;
    const stopped = state.phase === "stopped";
    const place = stopped ? this.#placeOf(state) : null;
    // Only a new place: the user may have gone elsewhere since.
    if (place && state.frame !== this.#shownFrame) {
      if (editor.path !== place.path) this.#deps.session.show(place.path);
      if (this.#deps.layout.phone) this.#deps.layout.show("code");
    }
    this.#shownFrame = stopped ? state.frame : null;
    editor.markExecution(place);
    const { open, changed } = this.#program;
    editor.useValues(stopped && open ? (expression) => this.#valueOf(expression) : null);
    this.#panel.show(state, open ? changed && "changed" : "elsewhere");
  }

  #placeOf({ frame }: DebugState): Place | null {
    const line = frame?.path ? this.#program.shownLine(frame.path, frame.line) : null;
    return frame?.path && line !== null ? { path: frame.path, line } : null;
  }

  async #valueOf(expression: string): Promise<string | null> {
    try {
      const { value, late } = await this.#session.evaluate(expression, "hover");
      return late ? null : value;
    } catch {
      return null; // a name that is not known here
    }
  }

  #end(): void {
    if (this.#session.state.phase !== "ended") this.#session.end();
    this.#channel.flush();
    this.#panel.close();
    if (this.#trace && !this.#traceEnded) {
      this.#traceEnded = true;
      this.#endRecording();
      // It is below the code, which a phone does not show beside the terminal.
      if (this.#deps.layout.phone && this.#program.open) this.#deps.layout.show("code");
      this.#traceView.finish(this.#trace);
    }
    this.#begun = false;
  }

  // --- Step by step ----------------------------------------------------------------------------
  #beginTrace(): void {
    this.#trace = new TraceReader();
    this.#traceEnded = false;
    this.#endRecording = passingToast(text("trace_running"));
  }

  #feedTrace(data: Uint8Array): void {
    if (this.#trace === null && this.#deps.panel.observed === "trace") this.#beginTrace();
    this.#trace?.feed(data);
  }
}
