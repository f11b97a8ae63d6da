import type { SourceFile } from "../../protocol.gen";
import { explain, isSyntaxError } from "./explain";
import { type Explanation, type Fault, linesOf, say } from "./fault";
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
  const explanation = explanationOf(fault, traceback);
  const source = ownFrame(traceback, files)?.source ?? "";
  return { fault, explanation, before: traceback.before, source };
}

/** How far the program's files go: the end of a text may be named as the line behind the last one. */
function lastLines(files: readonly SourceFile[]): ReadonlyMap<string, number> {
  return new Map(files.map(({ path, content }) => [path, linesOf(content).length + 1]));
}

/** The program's own file that a frame names; null: it is a library's, or there is none. */
export function ownPath({ file }: Frame, files: readonly SourceFile[]): string | null {
  const path = file.startsWith(HOME) ? file.slice(HOME.length) : file.replace(/^\.\//, "");
  return files.some((one) => one.path === path) ? path : null;
}

function faultOf(traceback: Traceback, files: readonly SourceFile[], main: string): Fault | null {
  const { name, message, frames, column } = traceback;
  const frame = ownFrame(traceback, files);
  const path = frame && ownPath(frame, files);
  if (frame && path !== null) {
    const direct = frame === frames.at(-1);
    const [line, inside] = [frame.line, frame.inside ?? ""];
    return { name, message, path, line, column: direct ? column : null, inside, direct, files };
  }
  // PyPy calls the main file so when its indentation is wrong.
  const [only, second] = frames;
  if (second || only?.file !== "<string>" || only.inside !== null) return null;
  return { name, message, path: main, line: only.line, column, inside: "", direct: true, files };
}

/**
 * The innermost frame of the program's own files. A line that its file does not have is of a forged
 * traceback, or of a text that was shortened since. An endless recursion ends anywhere: the line that
 * calls again is the one that the traceback repeats.
 */
function ownFrame({ name, frames }: Traceback, files: readonly SourceFile[]): Frame | null {
  const last = lastLines(files);
  const own = frames
    .filter((frame) => {
      const path = ownPath(frame, files);
      return path !== null && frame.line > 0 && frame.line <= (last.get(path) ?? 0);
    })
    .reverse();
  const key = ({ file, line }: Frame) => `${line} ${file}`;
  const times = new Map<string, number>();
  for (const frame of own) times.set(key(frame), (times.get(key(frame)) ?? 0) + 1);
  const repeated = own.find((frame) => (times.get(key(frame)) ?? 0) > 1);
  return (name === "RecursionError" ? repeated : null) ?? own[0] ?? null;
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
