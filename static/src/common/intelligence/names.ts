function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const PYTHON = words(
  "False None True and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try while " +
    "with yield",
);
const SCRIPT = words(
  "await break case catch class const continue debugger default delete do else enum export extends " +
    "false finally for function if import in instanceof let new null return static super switch " +
    "this throw true try typeof var void while with yield",
);

/** Whether a text can be a name in Python. */
export function isPythonName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && !PYTHON.has(text);
}

/** … in JavaScript and TypeScript. */
export function isScriptName(text: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text) && !SCRIPT.has(text);
}

/** A longer word is no name: the search for its start would take as long as it is, squared. */
const LONGEST = 200;
/** Characters in front of a place, and behind it: in more, who types would wait for a search. */
const AROUND = 16 * 1024;

/** The half of a name in front of an offset; empty: there is none. `$` counts only in scripts. */
export function wordBefore(text: string, offset: number, script = false): string {
  const start = Math.max(0, offset - LONGEST);
  const pattern = script ? /[\p{L}\p{N}_$]*$/u : /[\p{L}\p{N}_]*$/u;
  const word = pattern.exec(text.slice(start, offset))?.[0] ?? "";
  return word.length < LONGEST ? word : "";
}

/** The names in a text, without what stands between two offsets and what Python keeps for itself. */
export function namesBeside(text: string, from: number, to: number): ReadonlySet<string> {
  const [first, last] = [Math.max(0, from - AROUND), to + AROUND];
  const others = `${text.slice(first, from)} ${text.slice(to, last)}`;
  const found = others.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  return new Set(found.filter((name) => isPythonName(name) && !name.startsWith("__")));
}

/** Whether a number with a point is being written: `3.` has members, but nobody means them. */
export function isDecimal(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - LONGEST), offset);
  return /(?<![\p{L}\p{N}_.])\d[\d_]*\.\d*$/u.test(before);
}
