const DELETE = "\x7f";
const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/**
 * The input that an on-screen keyboard made by changing a field's text: deletions at the end, then
 * new text. Such keyboards replace a whole word at each correction; only the difference is sent
 * (xterm.js#3600).
 */
export function typedBetween(before: string, after: string): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  if (HIGH_SURROGATE.test(before.slice(0, same))) same -= 1;
  const deleted = [...before.slice(same)].length;
  return DELETE.repeat(deleted) + after.slice(same).replace(/\r?\n/g, "\r");
}

/** The control character of Ctrl and a key: 3 for `c`; null if there is none. */
export function withCtrl(key: string): string | null {
  const code = key.toUpperCase().charCodeAt(0);
  if (key.length !== 1) return null;
  if (key === " ") return "\0";
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : null;
}

const SEQUENCES: Readonly<Record<string, string>> = {
  Tab: "\t",
  Escape: "\x1b",
  ArrowUp: "A",
  ArrowDown: "B",
  ArrowRight: "C",
  ArrowLeft: "D",
};

/** The escape sequence of a named key. `application`: the program turned on application cursor keys. */
export function keySequence(key: string, ctrl: boolean, application: boolean): string {
  const sequence = SEQUENCES[key] ?? "";
  if (!key.startsWith("Arrow")) return sequence;
  if (ctrl) return `\x1b[1;5${sequence}`;
  return `\x1b${application ? "O" : "["}${sequence}`;
}
