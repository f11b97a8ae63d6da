/** Characters that look like signs of Python, or mean the same, as word processors and other keyboards write them. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ...[..."\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"].map((dash) => [dash, "-"] as const),
  ["×", "*"],
  ["∗", "*"],
  ["·", "*"],
  ["÷", "/"],
  ["∕", "/"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["≡", "=="],
  ["→", "->"],
  ["…", "..."],
  ["²", "**2"],
  ["³", "**3"],
  ["，", ","],
  ["、", ","],
  ["。", "."],
]);

/** The sign that was meant; null: none. Chinese and Japanese keyboards type ASCII in full width. */
export function lookalike(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  const full = code > 0xff00 && code < 0xff5f ? String.fromCodePoint(code - 0xfee0) : undefined;
  return LOOKALIKES.get(character) ?? full ?? null;
}
