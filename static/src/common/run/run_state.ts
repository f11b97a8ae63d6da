import type { Control, Exit, ServerMessage } from "../../protocol.gen";
import { assertNever } from "./message_codec";

/**
 * `starting`: the server has not confirmed the run yet. `restoring`: the page was reloaded and is
 * attaching to the run that it showed before.
 */
export type Phase = "idle" | "starting" | "queued" | "running" | "restoring" | "finished";

export interface RunState {
  readonly phase: Phase;
  readonly run: string | null;
  /** Position in the queue; 1 is next. */
  readonly position: number | null;
  /** False while another window of the user controls the run. */
  readonly control: boolean;
  readonly stopping: boolean;
  /** The program's language compiles: what is typed is kept for the program. */
  readonly compiling: boolean;
  /** What the server says while the program reads from the terminal; else empty. */
  readonly waiting: string;
  /** What the server says while Ctrl+S holds the output back; else empty. */
  readonly held: string;
  /** Who types and who asks to, once the server has said so. */
  readonly shared: Control | null;
  /** The names of who watches, with commas between them. */
  readonly watchers: string;
  readonly exit: Exit | null;
  /** Why there is no run, as a sentence. */
  readonly problem: string | null;
}

export type RunEvent =
  | ServerMessage
  | { readonly type: "start" }
  | { readonly type: "restore"; readonly run: string }
  | { readonly type: "stop_requested" }
  | { readonly type: "waiting_ended" }
  | { readonly type: "reset"; readonly problem: string | null };

export const IDLE: RunState = {
  phase: "idle",
  run: null,
  position: null,
  control: true,
  stopping: false,
  compiling: false,
  waiting: "",
  held: "",
  shared: null,
  watchers: "",
  exit: null,
  problem: null,
};

export function isActive(state: RunState): boolean {
  return state.phase !== "idle" && state.phase !== "finished";
}

export function mayType(state: RunState): boolean {
  return state.phase === "running" && state.control;
}

/** Whether input is kept for a program that does not run yet, or is typed into one that does. */
export function takesInput(state: RunState): boolean {
  return isActive(state) && state.control;
}

/** The state after an event. */
export function next(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "start":
      return { ...IDLE, phase: "starting" };
    case "restore":
      return { ...IDLE, phase: "restoring", run: event.run };
    case "stop_requested":
      return isActive(state) ? { ...state, stopping: true } : state;
    case "waiting_ended":
      return state.waiting ? { ...state, waiting: "" } : state;
    case "reset":
      return { ...IDLE, problem: event.problem };
    case "queued":
      return afterQueued(state, event.run, event.position);
    case "started":
      return state.run === event.run ? { ...state, phase: "running", position: null } : state;
    case "attached":
      return afterAttached(state, event);
    case "phase":
      return state.run === event.run && isActive(state)
        ? { ...state, compiling: event.phase === "compiling" }
        : state;
    case "notice":
      return afterNotice(state, event);
    case "control":
      return state.run === event.run && isActive(state) ? { ...state, shared: event } : state;
    case "exit":
      return afterExit(state, event);
    case "error":
      return afterError(state, event);
    case "connected":
    case "input_ack":
    case "channel_ack":
    case "artifact":
    case "gap":
    case "terminal_size":
    case "pong":
      return state;
    default:
      return assertNever(event);
  }
}

function afterQueued(state: RunState, run: string, position: number): RunState {
  const ours = state.phase === "starting" || state.run === run;
  return ours ? { ...state, phase: "queued", run, position } : state;
}

function afterAttached(
  state: RunState,
  event: Extract<ServerMessage, { type: "attached" }>,
): RunState {
  if (state.run !== event.run || !isActive(state)) return state;
  const phase = { queued: "queued", claimed: "queued", running: "running", finished: state.phase };
  const { control } = event;
  return { ...state, phase: phase[event.status] as Phase, control, waiting: "", held: "" };
}

function afterExit(state: RunState, exit: Exit): RunState {
  if (state.run !== exit.run) return state;
  const nothing = { compiling: false, waiting: "", held: "", shared: null, watchers: "" };
  return { ...state, ...nothing, phase: "finished", exit };
}

/** Other codes are of a newer server. */
function afterNotice(state: RunState, event: Extract<ServerMessage, { type: "notice" }>): RunState {
  if (state.run !== event.run || state.phase !== "running") return state;
  switch (event.code) {
    case "waiting_for_input":
      return state.waiting ? state : { ...state, waiting: event.message };
    case "output_held":
      return { ...state, held: event.message };
    case "output_resumed":
      return { ...state, held: "" };
    case "watched":
      return { ...state, watchers: String(event.figures?.names ?? "") };
    case "unwatched":
      return { ...state, watchers: "" };
    default:
      return state;
  }
}

type ErrorEvent = Extract<ServerMessage, { type: "error" }>;

/** True for errors that end the run or its start. Other errors are only shown. */
export function isFatal(state: RunState, event: ErrorEvent): boolean {
  if (!isActive(state)) return false;
  if (state.phase === "starting" || state.phase === "restoring") return true;
  return event.code === "unavailable" || event.code === "no_run" || event.code === "not_found";
}

function afterError(state: RunState, event: ErrorEvent): RunState {
  if (!isFatal(state, event)) return state;
  // After a reload, a run whose recording was deleted is not reported.
  const silent = state.phase === "restoring" && event.code === "not_found";
  return { ...IDLE, problem: silent ? null : event.message };
}
