import type { Exit, ServerMessage } from "../../protocol.gen";
import { assertNever } from "./message_codec";
import { refusal } from "./run_text";

/**
 * `starting`: asked for, not answered yet. `restoring`: the page was loaded again and asks for the
 * run it had.
 */
export type Phase = "idle" | "starting" | "queued" | "running" | "restoring" | "finished";

export interface RunState {
  readonly phase: Phase;
  readonly run: string | null;
  /** Place in the queue, 1 is next. */
  readonly position: number | null;
  /** False while another window of the user has the run. */
  readonly control: boolean;
  readonly stopping: boolean;
  /** From pressing Run to the first byte on this page. */
  readonly firstOutputMs: number | null;
  readonly exit: Exit | null;
  /** Why there is no run, as a sentence. */
  readonly problem: string | null;
}

export type RunEvent =
  | ServerMessage
  | { readonly type: "start" }
  | { readonly type: "restore"; readonly run: string }
  | { readonly type: "stop_asked" }
  | { readonly type: "first_output"; readonly milliseconds: number }
  | { readonly type: "given_up"; readonly problem: string | null };

export const IDLE: RunState = {
  phase: "idle",
  run: null,
  position: null,
  control: true,
  stopping: false,
  firstOutputMs: null,
  exit: null,
  problem: null,
};

export function isActive(state: RunState): boolean {
  return state.phase !== "idle" && state.phase !== "finished";
}

export function mayType(state: RunState): boolean {
  return state.phase === "running" && state.control;
}

/** What the page shows of a run, after one more event. */
export function next(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "start":
      return { ...IDLE, phase: "starting" };
    case "restore":
      return { ...IDLE, phase: "restoring", run: event.run };
    case "stop_asked":
      return isActive(state) ? { ...state, stopping: true } : state;
    case "first_output":
      return { ...state, firstOutputMs: event.milliseconds };
    case "given_up":
      return { ...IDLE, problem: event.problem };
    case "queued":
      return afterQueued(state, event.run, event.position);
    case "started":
      return state.run === event.run ? { ...state, phase: "running", position: null } : state;
    case "attached":
      return afterAttached(state, event);
    case "exit":
      return state.run === event.run ? { ...state, phase: "finished", exit: event } : state;
    case "error":
      return afterError(state, event);
    case "connected":
    case "input_ack":
    case "gap":
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
  return { ...state, phase: phase[event.status] as Phase, control: event.control };
}

type ErrorEvent = Extract<ServerMessage, { type: "error" }>;

/** Errors that end what was asked for; others are only told. */
export function isFatal(state: RunState, event: ErrorEvent): boolean {
  if (!isActive(state)) return false;
  if (state.phase === "starting" || state.phase === "restoring") return true;
  return event.code === "unavailable" || event.code === "no_run" || event.code === "not_found";
}

function afterError(state: RunState, event: ErrorEvent): RunState {
  if (!isFatal(state, event)) return state;
  // A run that is no longer kept is not worth a word after a reload.
  const silent = state.phase === "restoring" && event.code === "not_found";
  return { ...IDLE, problem: silent ? null : refusal(event) };
}
