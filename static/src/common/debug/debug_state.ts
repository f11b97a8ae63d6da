/** Where a debugged program stands, as its page knows it. */

export type Phase = "starting" | "running" | "stopped" | "ended";
export type StepCommand = "next" | "stepIn" | "stepOut" | "continue";

export interface Frame {
  readonly id: number;
  readonly name: string;
  /** Of a file of the snippet; null: of another one. */
  readonly path: string | null;
  readonly line: number;
}

export interface Thread {
  readonly id: number;
  readonly name: string;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** To ask for what is in it; 0: nothing. */
  readonly reference: number;
  /** An expression that has this value; empty: none. */
  readonly expression: string;
  /** Its program takes too long to compute it. */
  readonly late: boolean;
  /** A method of the program computes it; it was not called. */
  readonly computed: boolean;
}

export interface Scope {
  readonly name: string;
  readonly reference: number;
}

export interface Stop {
  readonly thread: number;
  /** `breakpoint`, `step`, `pause`, `exception` … */
  readonly reason: string;
  /** The name of the exception. */
  readonly exception: string;
  readonly description: string;
  /** Of a breakpoint whose condition cannot be computed; the program stops there. */
  readonly wrong: WrongCondition | null;
}

export interface WrongCondition {
  readonly condition: string;
  /** As Python writes it. */
  readonly error: string;
}

export interface DebugState {
  readonly phase: Phase;
  readonly stop: Stop | null;
  readonly threads: readonly Thread[];
  readonly frames: readonly Frame[];
  /** There are more, which were not asked for. */
  readonly moreFrames: boolean;
  /** The frame whose variables are shown. */
  readonly frame: Frame | null;
  readonly scopes: readonly Scope[];
  /** Changes when the values of variables may have changed. */
  readonly version: number;
  /** Why the debugger does not work, as a key of a text. */
  readonly problem: "" | "gone" | "late";
}

export const STARTING: DebugState = {
  phase: "starting",
  stop: null,
  threads: [],
  frames: [],
  moreFrames: false,
  frame: null,
  scopes: [],
  version: 0,
  problem: "",
};
