/** A place that a traceback names. */
export interface Frame {
  /** As the traceback writes it: `/home/student/main.py`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The function; null: the traceback of a syntax error names none. */
  readonly inside: string | null;
  /** The line of the source, if it is shown; else empty. */
  readonly source: string;
  /** The frame's rows: the first, and behind the last. */
  readonly rows: readonly [number, number];
}

/** An exception, as Python prints it. */
export interface Raised {
  /** Without its module: of `json.decoder.JSONDecodeError` the last part. */
  readonly name: string;
  readonly message: string;
}

export interface Traceback extends Raised {
  /** From the outermost call to the one that failed. */
  readonly frames: readonly Frame[];
  /** The column of a syntax error, from 1; null: not shown. */
  readonly column: number | null;
  /** The rows of the exception itself: the first, and behind the last. */
  readonly rows: readonly [number, number];
  /** What was handled when this exception came, or what it was raised from. */
  readonly before: Raised | null;
  /** The exceptions of a group, in their order; at most 10. */
  readonly group: readonly Raised[];
}

/** In longer lines nothing is looked for. */
const LONGEST = 2000;
const LONGEST_NAME = 100;
const MOST_IN_GROUP = 10;
const MOST_MESSAGE_ROWS = 20;
const MOST_SHOWN_ROWS = 50;
/** A program may print what only looks like a traceback, any number of times. */
const MOST_TRIES = 50;
const HEADER = /^\s*(?:\+ Exception Group )?Traceback \(most recent call last\):$/;
const FRAME = /^\s*File "([^"]{1,1000})", line (\d{1,9})(?:, in (.{1,200}))?$/;
const SYNTAX = /^(?:SyntaxError|IndentationError|TabError): /;
const MARKS = /^\s+[\^~]+\s*$/;
const REPEATED = /^\s*\[Previous line repeated \d+ more times?\]$/;
const NAMED = /^((?:[\p{L}_][\p{L}\p{N}_]*\.){0,20}[\p{L}_][\p{L}\p{N}_]*)(?:: ?(.*))?$/su;
const MARGIN = /^\s*\| ?/;
/** How exceptions are called that are no error of the program's own. */
const CHAIN =
  /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/;
/** Of the outermost group. */
const MEMBER = /^(?: {2}\+-\+| {4}\+)-+ (?:\d+|\.\.\.) -+$/;
const IGNORED = /^Exception ignored /;

/**
 * The last traceback that lines of output hold; null: none. The output may begin anywhere: the one of an
 * endless recursion is longer than what a terminal keeps. Takes time in proportion to the output.
 */
export function readTraceback(output: readonly string[]): Traceback | null {
  const lines = output.map((line) => (line.length > LONGEST ? "" : line));
  let before = lines.length;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const last = lastFrame(lines, before);
    if (last < 0) return null;
    const found = read(lines, last);
    if (found) return found;
    before = startOf(lines, last);
  }
  return null;
}

function lastFrame(lines: readonly string[], before: number): number {
  for (let row = before - 1; row >= 0; row -= 1) {
    if (FRAME.test(plain(lines[row]))) return row;
  }
  return -1;
}

/** Without the margin of an exception group. */
function plain(line = ""): string {
  return line.replace(MARGIN, "");
}

function isFrameRow(line: string): boolean {
  return FRAME.test(line) || /^\s{2,}\S/.test(line) || MARKS.test(line) || REPEATED.test(line);
}

/** The first row of the traceback that has a frame in row `from`. */
function startOf(lines: readonly string[], from: number): number {
  let row = from;
  while (row > 0 && isFrameRow(plain(lines[row - 1])) && !HEADER.test(lines[row - 1] ?? "")) {
    row -= 1;
  }
  return row;
}

function read(lines: readonly string[], last: number): Traceback | null {
  const start = startOf(lines, last);
  if (IGNORED.test(plain(lines[start - 2]))) return null;
  const outer = groupOf(lines, start);
  if (outer !== null && outer < start) return readGroup(lines, outer);
  const row = behind(lines, last);
  const named = exceptionAt(lines, row);
  if (!named) return null;
  const frames = framesOf(lines, start, row);
  return {
    ...named,
    frames,
    column: frames.at(-1)?.inside === null ? columnOf(lines, last, row) : null,
    before: isGrouped(lines[row]) ? null : beforeOf(lines, start),
    group: groupBelow(lines, row),
  };
}

/** The row behind a frame, with the exception. PyPy shows all lines of a statement, as they are. */
function behind(lines: readonly string[], frame: number): number {
  let row = frame + 1;
  while (row < lines.length && isFrameRow(plain(lines[row]))) row += 1;
  if (FRAME.exec(plain(lines[frame]))?.[3] !== undefined) return row;
  const shown = lines.slice(row, row + MOST_SHOWN_ROWS).findIndex((line) => SYNTAX.test(line));
  return shown < 0 ? row : row + shown;
}

interface Named extends Raised {
  readonly rows: readonly [number, number];
}

function exceptionAt(lines: readonly string[], row: number): Named | null {
  const match = NAMED.exec(plain(lines[row]));
  if (!match) return null;
  const [, path = "", message = ""] = match;
  const name = path.slice(path.lastIndexOf(".") + 1);
  return { name: name.slice(0, LONGEST_NAME), message: message.trim(), rows: [row, row + 1] };
}

function framesOf(lines: readonly string[], start: number, end: number): Frame[] {
  const frames: Frame[] = [];
  for (let row = start; row < end; row += 1) {
    const match = FRAME.exec(plain(lines[row]));
    if (!match) continue;
    const [, file = "", line = "1", inside = null] = match;
    let next = row + 1;
    while (next < end && !FRAME.test(plain(lines[next]))) next += 1;
    const shown = plain(lines[row + 1]);
    const source = row + 1 < next && !MARKS.test(shown) && !REPEATED.test(shown) ? shown : "";
    frames.push({ file, line: Number(line), inside, source: source.trim(), rows: [row, next] });
  }
  return frames;
}

/** Python shows the source without its indentation, and a mark below. */
function columnOf(lines: readonly string[], frame: number, end: number): number | null {
  const source = plain(lines[frame + 1]);
  for (let row = frame + 2; row < end; row += 1) {
    const marks = plain(lines[row]);
    if (!MARKS.test(marks)) continue;
    return Math.max(1, marks.search(/[\^~]/) - source.search(/\S/) + 1);
  }
  return null;
}

/** The exception in front of "During handling of the above exception, …". */
function beforeOf(lines: readonly string[], start: number): Raised | null {
  let row = start - 1;
  if (HEADER.test(lines[row] ?? "")) row -= 1;
  while (row > 0 && lines[row] === "") row -= 1;
  if (!CHAIN.test(lines[row] ?? "")) return null;
  row -= 1;
  while (row > 0 && lines[row] === "") row -= 1;
  // A message may have several lines: its first one comes after the frames.
  for (let steps = 0; row > 0 && steps < MOST_MESSAGE_ROWS; row -= 1, steps += 1) {
    if (isFrameRow(plain(lines[row - 1]))) break;
  }
  const named = exceptionAt(lines, row);
  return named && { name: named.name, message: named.message };
}

function isGrouped(line = ""): boolean {
  return MARGIN.test(line);
}

/** The first row of the group in which a traceback stands; null: of none. */
function groupOf(lines: readonly string[], start: number): number | null {
  if (!isGrouped(lines[start])) return null;
  for (let row = start - 1; row >= 0; row -= 1) {
    const line = lines[row] ?? "";
    if (/^ {2}\+ Exception Group Traceback/.test(line)) return row + 1;
    if (!/^\s*[|+]/.test(line)) return null;
  }
  return null;
}

function readGroup(lines: readonly string[], first: number): Traceback | null {
  let row = first;
  while (row < lines.length && isFrameRow(plain(lines[row]))) row += 1;
  const named = exceptionAt(lines, row);
  if (!named) return null;
  const frames = framesOf(lines, first, row);
  return {
    ...named,
    rows: [row, row + 1],
    frames,
    column: null,
    before: null,
    group: groupBelow(lines, row),
  };
}

/** `+---------------- 1 ----------------`, and the exception somewhere below. */
function groupBelow(lines: readonly string[], row: number): Raised[] {
  const found: Raised[] = [];
  let waits = false;
  for (let at = row + 1; at < lines.length && found.length < MOST_IN_GROUP; at += 1) {
    const line = lines[at] ?? "";
    if (!/^\s*[|+]/.test(line)) break;
    if (MEMBER.test(line)) waits = true;
    else if (waits && !isFrameRow(plain(line)) && !HEADER.test(line.replace(/^\s*\| ?/, ""))) {
      const named = exceptionAt(lines, at);
      if (named && named.name !== "Traceback") {
        found.push({ name: named.name, message: named.message });
        waits = false;
      }
    }
  }
  return found;
}
