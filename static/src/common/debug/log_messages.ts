import type { Json } from "./dap_lines";

const CONVERSIONS: Readonly<Record<string, string>> = { r: "repr", s: "str", a: "ascii" };

/**
 * The message of a breakpoint as pydevd reads it. Pure. In it an expression may end as in a text
 * that Python formats (`{price:.2f}`, `{name!r}`), and a `%` is one, which pydevd takes for the
 * beginning of a format where there are expressions.
 */
export function logMessage(message: string): string {
  const parts: string[] = [];
  let at = 0;
  let some = false;
  for (;;) {
    const start = message.indexOf("{", at);
    if (start < 0) break;
    const end = endOfExpression(message, start);
    if (end < 0) return message; // its program says what is wrong
    const expression = message.slice(start + 1, end);
    some ||= expression.trim() !== "";
    parts.push(message.slice(at, start).replaceAll("%", "%%"), `{${formatted(expression)}}`);
    at = end + 1;
  }
  return some ? parts.join("") + message.slice(at).replaceAll("%", "%%") : message;
}

/** A breakpoint as `setBreakpoints` wants it. */
export function withLogMessage(one: Json): Json {
  const { logMessage: message } = one;
  return typeof message === "string" ? { ...one, logMessage: logMessage(message) } : one;
}

/** The place of its bracket, as pydevd counts them; -1: there is none. */
function endOfExpression(message: string, start: number): number {
  let depth = 0;
  for (let at = start; at < message.length; at += 1) {
    if (message[at] === "{") depth += 1;
    else if (message[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function formatted(expression: string): string {
  const end = endOfValue(expression);
  const rest = /^(?:!([rsa]))?(?::([^{}]*))?$/.exec(expression.slice(end));
  const value = expression.slice(0, end).trim();
  if (!rest || end === expression.length || !value || /^lambda\b/.test(value)) return expression;
  const [, conversion = "", format] = rest;
  const converted = conversion ? `${CONVERSIONS[conversion]}(${value})` : `(${value})`;
  return format === undefined ? converted : `format(${converted}, ${JSON.stringify(format)})`;
}

/** Where `!r` or `:` begins, outside of brackets and texts. */
function endOfValue(expression: string): number {
  let depth = 0;
  let quote = "";
  for (let at = 0; at < expression.length; at += 1) {
    const unit = expression[at] ?? "";
    if (quote) {
      if (unit === "\\") at += 1;
      else if (unit === quote) quote = "";
    } else if (unit === '"' || unit === "'") quote = unit;
    else if ("([{".includes(unit)) depth += 1;
    else if (")]}".includes(unit)) depth -= 1;
    else if (depth === 0 && unit === "!" && expression[at + 1] !== "=") return at;
    else if (depth === 0 && unit === ":") return at;
  }
  return expression.length;
}
