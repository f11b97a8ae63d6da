// size: one debugged run, whose state belongs together
import { Emitter } from "../base/emitter";
import type { Timer } from "../base/timer";
import type { BreakpointStore } from "./breakpoints";
import { DapClient, DapError, list, number, object, type Request, text } from "./dap_client";
import type { Json } from "./dap_lines";
import {
  type DebugState,
  type Frame,
  STARTING,
  type StepCommand,
  type Stop,
  type Variable,
  type WrongCondition,
} from "./debug_state";
import { withLogMessage } from "./log_messages";
import { isLate, variableOf } from "./variable_from";

/** Where programs are, inside their sandboxes. */
export const HOME = "/home/student/";
const FRAMES = 200;
/** Of a list or the like: how many are shown at a time. */
const PAGE = 100;
/** Events that come together are handled together. */
const SETTLE_MS = 10;

export interface DebugSessionHost {
  readonly timer: Timer;
  send(data: Uint8Array): boolean;
  /** Files of the program that may have breakpoints. */
  paths(): readonly string[];
  /** Where a line of a file's text is in the program that runs; null: it is not in it. */
  lineOf(path: string, line: number): number | null;
}

export interface ExceptionFilters {
  readonly caught: boolean;
  readonly uncaught: boolean;
}

/** A program with a debugger: where it stands, and what a user does with it. Pure. */
export class DebugSession {
  readonly #didChange = new Emitter<DebugState>();
  readonly onDidChange = this.#didChange.event;
  readonly #host: DebugSessionHost;
  readonly #client: DapClient;
  readonly #breakpoints: BreakpointStore;
  #state = STARTING;
  /** False while events come that happened before this page was loaded. */
  #live = false;
  #settling: unknown = null;
  /** Said just before the program stops. */
  #wrong: WrongCondition | null = null;
  #round = 0;
  /** While bytes are read: what has changed is told once, whatever a program sends. */
  #reading = false;
  #unsaid = false;
  #temporary: { readonly path: string; readonly line: number } | null = null;

  constructor(host: DebugSessionHost, breakpoints: BreakpointStore, first: number) {
    this.#host = host;
    this.#breakpoints = breakpoints;
    const event = (name: string, body: Json) => this.#take(name, body);
    this.#client = new DapClient({ timer: host.timer, send: host.send, event }, first);
  }

  get state(): DebugState {
    return this.#state;
  }

  // --- Its beginning ---------------------------------------------------------------------------
  /** The first requests arrive together: a page that is loaded again finds all of them sent. */
  begin(filters: ExceptionFilters): void {
    this.#live = true;
    const { paths } = this.#breakpoints;
    const asked: Request[] = [
      {
        command: "initialize",
        arguments: {
          adapterID: "coderunner",
          pathFormat: "path",
          linesStartAt1: true,
          columnsStartAt1: true,
          supportsVariableType: true,
          supportsVariablePaging: true,
        },
      },
      { command: "setDebuggerProperty", arguments: { multiThreadsSingleNotification: true } },
      {
        command: "launch",
        arguments: { justMyCode: true, subProcess: false, redirectOutput: false },
      },
      ...paths.map((path) => this.#asked(path)),
      filtersOf(filters),
      { command: "configurationDone" },
    ];
    const answers = this.#client.requests(asked);
    void answers.at(-1)?.then(
      () => this.#set({ phase: this.#state.phase === "starting" ? "running" : this.#state.phase }),
      () => undefined,
    );
  }

  /** The page was loaded again, or has missed something: asks where the program stands. */
  async resume(): Promise<void> {
    this.#live = false;
    try {
      await this.#client.request("threads");
    } catch {
      if (this.#state.phase !== "ended") this.#set({ problem: "late" });
    }
    this.#live = true;
    if (this.#state.phase === "starting") this.#set({ phase: "running" });
    if (this.#state.phase === "stopped") await this.#look();
    for (const path of this.#host.paths()) this.sendBreakpoints(path);
  }

  feed(data: Uint8Array): void {
    this.#reading = true;
    try {
      this.#client.feed(data);
    } finally {
      this.#reading = false;
      const changed = this.#unsaid;
      this.#unsaid = false;
      if (changed) this.#didChange.fire(this.#state);
    }
  }

  skip(): void {
    this.#client.skip();
    if (this.#live) void this.resume();
  }

  /** The run is over. */
  end(): void {
    this.#client.end();
    this.#set({ ...STARTING, phase: "ended", version: this.#state.version + 1 });
  }

  // --- What a user does ------------------------------------------------------------------------
  step(command: StepCommand): void {
    const { stop, phase } = this.#state;
    if (phase !== "stopped" || !stop) return;
    this.#set({ phase: "running" });
    const asked = this.#client.request(command, { threadId: stop.thread });
    asked.catch((error: DapError) => {
      // It stands where it stood.
      if (!error.late && this.#state.phase === "running") this.#set({ phase: "stopped" });
    });
  }

  pause(): void {
    if (this.#state.phase !== "running") return;
    const thread = this.#state.threads[0]?.id ?? 1;
    void this.#client.request("pause", { threadId: thread });
  }

  /** False: the line is not in the program that runs. */
  runTo(path: string, shown: number): boolean {
    const line = this.#host.lineOf(path, shown);
    if (this.#state.phase !== "stopped" || line === null) return false;
    this.#temporary = { path, line };
    this.sendBreakpoints(path);
    this.step("continue");
    return true;
  }

  sendBreakpoints(path: string): void {
    if (this.#state.phase === "ended") return;
    const { command, arguments: args } = this.#asked(path);
    void this.#client.request(command, args);
  }

  setFilters(filters: ExceptionFilters): void {
    if (this.#state.phase === "ended") return;
    const { command, arguments: args } = filtersOf(filters);
    void this.#client.request(command, args);
  }

  async selectThread(thread: number): Promise<void> {
    const { stop } = this.#state;
    if (this.#state.phase !== "stopped" || !stop) return;
    this.#set({ stop: { ...stop, thread } });
    await this.#look();
  }

  async selectFrame(frame: Frame): Promise<void> {
    if (this.#state.phase !== "stopped") return;
    this.#set({ frame, scopes: [] });
    await this.#lookAtScopes(this.#round);
  }

  /** What is in a scope or value, from `start` on. Raises DapError. */
  async variables(reference: number, start = 0): Promise<readonly Variable[]> {
    const asked = { variablesReference: reference, start, count: PAGE };
    const body = await this.#client.request("variables", asked);
    return list(body.variables, 5000).map(variableOf);
  }

  /** Raises DapError. */
  async evaluate(expression: string, context: "watch" | "hover" | "repl"): Promise<Variable> {
    const frameId = this.#state.frame?.id;
    const asked = { expression, context, ...(frameId !== undefined && { frameId }) };
    const body = await this.#client.request("evaluate", asked);
    return {
      name: expression,
      value: text(body.result),
      type: text(body.type),
      reference: number(body.variablesReference),
      expression,
      late: isLate(body),
      computed: false,
    };
  }

  /** Gives a variable in `container` another value. Raises DapError. */
  async setVariable(container: number, name: string, value: string): Promise<void> {
    const asked = { variablesReference: container, name, value };
    await this.#client.request("setVariable", asked);
    this.#set({ version: this.#state.version + 1 });
  }

  // --- What the debugger says ------------------------------------------------------------------
  #take(name: string, body: Json): void {
    switch (name) {
      case "stopped":
        this.#stopped(body);
        break;
      case "continued":
        if (this.#state.phase === "stopped") this.#set({ phase: "running" });
        break;
      case "output":
        if (body.category === "important") this.#wrong = wrongCondition(body.output);
        break;
      case "thread":
        this.#threadChanged(body);
        break;
      case "terminated":
        this.#set({ phase: "ended", stop: null, frames: [], frame: null, scopes: [] });
        break;
      case "coderunner_gone":
        this.#client.end();
        if (this.#state.phase !== "ended") {
          this.#set({ ...STARTING, phase: "ended", problem: "gone" });
        }
        break;
    }
  }

  #stopped(body: Json): void {
    const exception = text(body.reason) === "exception";
    const stop: Stop = {
      thread: number(body.threadId),
      reason: text(body.reason),
      // pydevd adds a remark in brackets.
      exception: exception ? (text(body.text).split(/\s{2,}|\s\(/)[0] ?? "") : "",
      description: text(body.description),
      wrong: this.#wrong,
    };
    this.#wrong = null;
    this.#set({ phase: "stopped", stop });
    if (this.#temporary) {
      const { path } = this.#temporary;
      this.#temporary = null;
      if (this.#live) this.sendBreakpoints(path);
    }
    this.#settle();
  }

  #threadChanged(body: Json): void {
    const id = number(body.threadId);
    const others = this.#state.threads.filter((thread) => thread.id !== id);
    const started = text(body.reason) === "started" && others.length < 500;
    this.#set({ threads: started ? [...others, { id, name: "" }] : others });
  }

  #settle(): void {
    if (!this.#live) return;
    this.#settling ??= this.#host.timer.set(() => {
      this.#settling = null;
      if (this.#state.phase === "stopped") void this.#look();
    }, SETTLE_MS);
  }

  async #look(): Promise<void> {
    const { stop } = this.#state;
    if (!stop) return;
    this.#round += 1;
    const round = this.#round;
    try {
      const asked = { threadId: stop.thread, startFrame: 0, levels: FRAMES };
      const [trace, threads] = await Promise.all(
        this.#client.requests([
          { command: "stackTrace", arguments: asked },
          { command: "threads" },
        ]),
      );
      if (round !== this.#round || this.#state.phase !== "stopped") return;
      const found = list(trace?.stackFrames).map(frameOf);
      const frames = own(found);
      this.#set({
        frames,
        moreFrames: number(trace?.totalFrames) > found.length,
        frame: frames[0] ?? null,
        scopes: [],
        threads: list(threads?.threads, 500).map(({ id, name }) => ({
          id: number(id),
          name: text(name),
        })),
        problem: "",
      });
      await this.#lookAtScopes(round);
    } catch (error) {
      this.#fail(error, round);
    }
  }

  async #lookAtScopes(round: number): Promise<void> {
    const { frame } = this.#state;
    if (!frame) return;
    try {
      const body = await this.#client.request("scopes", { frameId: frame.id });
      if (round !== this.#round || this.#state.frame !== frame) return;
      const scopes = list(body.scopes, 10).map((scope) => ({
        name: text(scope.name),
        reference: number(scope.variablesReference),
      }));
      this.#set({ scopes, version: this.#state.version + 1, problem: "" });
    } catch (error) {
      this.#fail(error, round);
    }
  }

  #fail(error: unknown, round: number): void {
    if (!(error instanceof DapError)) throw error;
    if (round === this.#round && error.late) this.#set({ problem: "late" });
  }

  #asked(path: string): Required<Request> {
    const kept = this.#breakpoints.asked(path, (line) => this.#host.lineOf(path, line));
    const here = this.#temporary?.path === path ? [{ line: this.#temporary.line }] : [];
    // It stops there whatever a breakpoint in that line waits for.
    const others = kept.filter(({ line }) => line !== here[0]?.line);
    const breakpoints = [...others.map(withLogMessage), ...here];
    return {
      command: "setBreakpoints",
      arguments: { source: { path: HOME + path }, breakpoints },
    };
  }

  #set(change: Partial<DebugState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#reading) this.#unsaid = true;
    else this.#didChange.fire(this.#state);
  }
}

function filtersOf({ caught, uncaught }: ExceptionFilters): Required<Request> {
  const filters = [...(caught ? ["raised"] : []), ...(uncaught ? ["uncaught"] : [])];
  return { command: "setExceptionBreakpoints", arguments: { filters } };
}

function frameOf(frame: Json): Frame {
  const path = text(object(frame.source).path);
  return {
    id: number(frame.id),
    name: text(frame.name),
    path: path.startsWith(HOME) ? path.slice(HOME.length) : null,
    line: number(frame.line),
  };
}

/** From what pydevd says of it: the condition in the first line, a traceback below. */
function wrongCondition(output: unknown): WrongCondition | null {
  const said = typeof output === "string" ? output.trim() : "";
  const condition = /breakpoint: (.*)/.exec(text(said).split("\n")[0] ?? "")?.[1];
  return condition === undefined ? null : { condition, error: text(said.split("\n").at(-1)) };
}

/** Without those that have started the program. */
function own(frames: readonly Frame[]): readonly Frame[] {
  const started = [...frames].reverse().findIndex(({ path }) => path !== null);
  return started < 0 ? [] : frames.slice(0, frames.length - started);
}
