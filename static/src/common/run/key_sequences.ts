const DELETE = "\x7f";
const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/**
 * What a keyboard of a touch screen meant by changing a field's text: deletions at the end, then
 * what is new. Their words come again and again while they are composed and corrected; only the
 * difference is typed (xterm.js#3600).
 */
export function typedBetween(before: string, after: string): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  if (HIGH_SURROGATE.test(before.slice(0, same))) same -= 1;
  const deleted = [...before.slice(same)].length;
  return DELETE.repeat(deleted) + after.slice(same).replace(/\r?\n/g, "\r");
}

/** The key with Ctrl held, as terminals send it: `c` is 3; null where there is no such key. */
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

/** A named key as terminals send it; programs such as curses ask for "application" arrows. */
export function keySequence(key: string, ctrl: boolean, application: boolean): string {
  const sequence = SEQUENCES[key] ?? "";
  if (!key.startsWith("Arrow")) return sequence;
  if (ctrl) return `\x1b[1;5${sequence}`;
  return `\x1b${application ? "O" : "["}${sequence}`;
}
