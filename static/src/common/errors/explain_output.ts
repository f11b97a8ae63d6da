import type { SourceFile } from "../../protocol.gen";
import { explain, isSyntaxError } from "./explain";
import { type Explanation, type Fault, say } from "./fault";
import { type Frame, type Raised, readTraceback, type Traceback } from "./traceback";

const HOME = "/home/student/";

/** The error that ended a run of Python. */
export interface RunFault {
  readonly fault: Fault;
  readonly explanation: Explanation | null;
  /** What the program handled when it came. */
  readonly before: Raised | null;
  /** The line of the source as the traceback shows it; empty: it does not. */
  readonly source: string;
}

/**
 * Reads the end of a run's output; null: it has no traceback, or none of the program's own files.
 * `main`: the path of the file that was run. Pure.
 */
export function explainOutput(
  lines: readonly string[],
  files: readonly SourceFile[],
  main: string,
): RunFault | null {
  const traceback = readTraceback(lines);
  const fault = traceback && faultOf(traceback, files, main);
  if (!fault) return null;
  const own = deepest(traceback, files).find((frame) => ownPath(frame, files) !== null);
  const explanation = explanationOf(fault, traceback);
  return { fault, explanation, before: traceback.before, source: own?.source ?? "" };
}

/** The program's own file that a frame names; null: it is a library's, or there is none. */
export function ownPath({ file }: Frame, files: readonly SourceFile[]): string | null {
  const path = file.startsWith(HOME) ? file.slice(HOME.length) : file.replace(/^\.\//, "");
  return files.some((one) => one.path === path) ? path : null;
}

function faultOf(traceback: Traceback, files: readonly SourceFile[], main: string): Fault | null {
  const { name, message, frames, column } = traceback;
  for (const frame of deepest(traceback, files)) {
    const path = ownPath(frame, files);
    if (path === null) continue;
    const direct = frame === frames.at(-1);
    const inside = frame.inside ?? "";
    return {
      name,
      message,
      path,
      line: frame.line,
      column: direct ? column : null,
      inside,
      direct,
      files,
    };
  }
  // PyPy calls the main file so when its indentation is wrong.
  const [only, second] = frames;
  if (second || only?.file !== "<string>" || only.inside !== null) return null;
  return { name, message, path: main, line: only.line, column, inside: "", direct: true, files };
}

/**
 * From the innermost frame to the outermost. An endless recursion ends anywhere: the line that calls
 * again is the one that the traceback repeats.
 */
function deepest({ name, frames }: Traceback, files: readonly SourceFile[]): readonly Frame[] {
  const inside = [...frames].reverse();
  if (name !== "RecursionError") return inside;
  const key = ({ file, line }: Frame) => `${line} ${file}`;
  const times = new Map<string, number>();
  for (const frame of frames) times.set(key(frame), (times.get(key(frame)) ?? 0) + 1);
  const repeated = inside.find(
    (frame) => (times.get(key(frame)) ?? 0) > 1 && ownPath(frame, files) !== null,
  );
  return repeated ? [repeated, ...inside] : inside;
}

function explanationOf(fault: Fault, { group }: Traceback): Explanation | null {
  const [first] = group;
  if (first) {
    const { name, message } = first;
    return say("group.several", { count: group.length, name, message });
  }
  // Text that the program itself gave to Python is in no file.
  if (isSyntaxError(fault) && !(fault.direct && fault.inside === "")) {
    return say("syntax.evaluated");
  }
  return explain(fault);
}
