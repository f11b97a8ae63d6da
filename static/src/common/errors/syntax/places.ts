import { type Explanation, type Fault, linesOf, say, textOf } from "../fault";
import { type Scan, scan, statementOf, type Token } from "./scan";

/** The nearest line above the fault's that is as wanted: its number from 1. Empty lines and comments are left out. */
export function firstBefore(fault: Fault, wanted: (line: string) => boolean): number | null {
  const lines = linesOf(textOf(fault));
  for (let line = Math.min(fault.line - 1, lines.length); line > 0; line -= 1) {
    const text = lines[line - 1] ?? "";
    if (text.trim() !== "" && !/^\s*#/.test(text) && wanted(text)) return line;
  }
  return null;
}

export function inCondition(fault: Fault): boolean {
  const [first, ...rest] = statementOf(scan(textOf(fault)), fault.line);
  return first !== undefined && isCondition(first) && rest.some(({ text }) => text === "=");
}

export function isCondition({ kind, text }: Token): boolean {
  return kind === "name" && (text === "if" || text === "elif" || text === "while");
}

/** The outermost bracket that was opened up to the line, and is never closed. */
export function openBracket(fault: Fault, scanned = scan(textOf(fault))): Explanation | null {
  const open = scanned.open.filter(({ line }) => line <= fault.line);
  const found = open.at(-1) ?? null;
  if (!found) return null;
  return say(
    "syntax.bracket_open",
    { open: found.text, close: CLOSING[found.text] ?? "", line: found.line },
    found.line,
  );
}

export const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A string without an end, up to the line. */
export function openString(
  fault: Fault,
  long: boolean,
  scanned = scan(textOf(fault)),
): Explanation | null {
  const found = scanned.unfinished.find(({ line }) => line <= fault.line);
  if (!found)
    return long ? say("syntax.triple_open", { line: fault.line }) : stringOf(fault, scanned);
  const { line } = endless(found, scanned);
  if (/^\w*(?:'''|""")/.test(found.text)) return say("syntax.triple_open", { line }, line);
  return stringOf({ ...fault, line }, scanned);
}

/**
 * A string in three quotation marks that has no end takes the beginning of the next one for its end:
 * then words touch it, and the last one of the file seems to have no end.
 */
function endless(found: Token, { tokens }: Scan): Token {
  const wrong = tokens.find(
    ({ kind, text, at }, index) =>
      kind === "string" &&
      /^\w*(?:'''|""")/.test(text) &&
      tokens[index + 1]?.kind === "name" &&
      tokens[index + 1]?.at === at + text.length &&
      at < found.at,
  );
  return /^\w*(?:'''|""")/.test(found.text) ? (wrong ?? found) : found;
}

/** `'It's late'`: the apostrophe ends the string. */
function stringOf(fault: Fault, { tokens }: Scan): Explanation {
  const { line } = fault;
  const here = tokens.filter((token) => token.line === line);
  const split = here.some(
    (token, at) =>
      token.kind === "string" &&
      token.text.endsWith("'") &&
      here[at + 1]?.kind === "name" &&
      here[at + 1]?.at === token.at + token.text.length,
  );
  return say(split ? "syntax.string_quote" : "syntax.string_open", { line }, line);
}
