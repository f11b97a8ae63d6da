import { CHARACTER_KINDS } from "./character_kinds.gen";

// What a character is (UAX #29) and how many columns it takes: the rules of
// `runner/characters/graphemes.py`, with the same names, one code point after the other.

/** Kinds of code points, by the letters of the generated table; `H`, `Z`, `R` are computed. */
const LETTERS = " wcmxksjvtfprLVTHZiIeER";
const kindOf = (letter: string) => LETTERS.indexOf(letter);
const [ORDINARY, WIDE, CONSONANT] = [kindOf(" "), kindOf("w"), kindOf("c")];
const [MARK, PLAIN_MARK, LINKER, SPACING] = [kindOf("m"), kindOf("x"), kindOf("k"), kindOf("s")];
const [JOINER, EMOJI_MARK, MODIFIER] = [kindOf("j"), kindOf("v"), kindOf("t")];
const [FORMAT, REGIONAL] = [kindOf("f"), kindOf("r")];
export const PREPENDED = kindOf("p");
const [LEADING, VOWEL, TRAILING] = [kindOf("L"), kindOf("V"), kindOf("T")];
const [SYLLABLE, CLOSED_SYLLABLE] = [kindOf("H"), kindOf("Z")];
const [PICTURE, WIDE_PICTURE] = [kindOf("i"), kindOf("I")];
const [EMOJI_BASE, EMOJI_PICTURE, FLAG] = [kindOf("e"), kindOf("E"), kindOf("R")];

const FIRST_SYLLABLE = 0xac00;
const AFTER_SYLLABLES = 0xd7a4;
const SYLLABLES_OF_A_VOWEL = 28;
const BASIC = 0x10000;
const FIRST_PRINTABLE = 0x20;

type Width = 0 | 1 | 2;

/** What precedes a code point within its character, as bits: kind, picture, conjunct, columns. */
export type Before = number;
export const NOTHING: Before = 0;
/** A picture with its marks; then also a joiner. */
const [A_PICTURE, JOINED_PICTURE] = [1, 2];
/** A consonant with its marks; then also a linker. */
const [A_CONSONANT, LINKED_CONSONANT] = [1, 2];

const state = (kind: number, columns: Width, picture = 0, conjunct = 0): Before =>
  ((kind << 4) | (picture << 2) | conjunct) * 4 + columns;
export const columnsOf = (before: Before): Width => (before & 3) as Width;
const conjunctOf = (before: Before) => (before >> 2) & 3;
const pictureOf = (before: Before) => (before >> 4) & 3;
const kindBefore = (before: Before) => before >> 6;

let basic: Uint8Array | undefined;
let starts: number[] = [];
let stops: number[] = [];
let kinds: number[] = [];

function read(): Uint8Array {
  const table = new Uint8Array(BASIC);
  starts = [];
  stops = [];
  kinds = [];
  let ended = 0;
  for (const run of CHARACTER_KINDS.split(" ")) {
    const [numbers = "", letter = " "] = run.split(":");
    const [gap = 0, length = 0] = numbers.split(",").map((number) => Number.parseInt(number, 16));
    const start = ended + gap;
    ended = start + length;
    const kind = kindOf(letter);
    if (start < BASIC) table.fill(kind, start, ended);
    starts.push(start);
    stops.push(ended);
    kinds.push(kind);
  }
  for (let code = FIRST_SYLLABLE; code < AFTER_SYLLABLES; code += 1) {
    const closed = (code - FIRST_SYLLABLE) % SYLLABLES_OF_A_VOWEL;
    table[code] = closed ? CLOSED_SYLLABLE : SYLLABLE;
  }
  return table;
}

function kind(code: number): number {
  basic ??= read();
  if (code < BASIC) return basic[code] ?? ORDINARY;
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= code) low = middle + 1;
    else high = middle;
  }
  return code < (stops[low - 1] ?? 0) ? (kinds[low - 1] ?? ORDINARY) : ORDINARY;
}

const isPicture = (kind: number) =>
  kind === PICTURE || kind === WIDE_PICTURE || kind === EMOJI_PICTURE;

const alwaysJoins = (kind: number) => (kind >= MARK && kind <= EMOJI_MARK) || kind === FORMAT;

function first(kind: number): Before {
  const wide =
    kind === WIDE ||
    kind === WIDE_PICTURE ||
    kind === MODIFIER ||
    kind === LEADING ||
    kind === SYLLABLE ||
    kind === CLOSED_SYLLABLE;
  const conjunct = kind === CONSONANT ? A_CONSONANT : 0;
  return state(kind, wide ? 2 : 1, isPicture(kind) ? A_PICTURE : 0, conjunct);
}

/** Hangul: what a syllable that has begun goes on with. */
function completes(before: number, kind: number): boolean {
  switch (before) {
    case LEADING:
      return kind === LEADING || kind === VOWEL || kind === SYLLABLE || kind === CLOSED_SYLLABLE;
    case VOWEL:
    case SYLLABLE:
      return kind === VOWEL || kind === TRAILING;
    case TRAILING:
    case CLOSED_SYLLABLE:
      return kind === TRAILING;
    default:
      return false;
  }
}

function withMark(before: Before, kind: number): Before {
  const columns = columnsOf(before);
  if (kind === FORMAT) return state(FORMAT, columns);
  const last = kindBefore(before);
  const emoji = kind === EMOJI_MARK && (last === EMOJI_BASE || last === EMOJI_PICTURE);
  const widens = emoji || (kind === SPACING && last !== FORMAT);
  let [picture, conjunct] = [pictureOf(before), conjunctOf(before)];
  if (kind === JOINER || kind === SPACING || picture === JOINED_PICTURE) {
    picture = kind === JOINER && picture === A_PICTURE ? JOINED_PICTURE : 0;
  }
  if (kind === LINKER && conjunct) conjunct = LINKED_CONSONANT;
  else if (kind === PLAIN_MARK || kind === SPACING) conjunct = 0;
  return state(kind, widens && columns > 0 ? 2 : columns, picture, conjunct);
}

/** The character with one more code point; `NOTHING` if that begins another character. */
function joined(before: Before, kind: number): Before {
  if (alwaysJoins(kind)) return withMark(before, kind);
  const last = kindBefore(before);
  if (last === FORMAT) return NOTHING;
  const own = first(kind);
  const columns = Math.max(columnsOf(before), columnsOf(own)) as Width;
  const as = (columns: Width) => (own & ~3) | columns;
  if (kind === MODIFIER) {
    return pictureOf(before) === A_PICTURE
      ? state(kind, 2, A_PICTURE, conjunctOf(before))
      : NOTHING;
  }
  if (last === PREPENDED || completes(last, kind)) return as(columns);
  if (pictureOf(before) === JOINED_PICTURE && isPicture(kind)) return as(columns);
  if (conjunctOf(before) === LINKED_CONSONANT && kind === CONSONANT) return as(2);
  if (last === REGIONAL && kind === REGIONAL) return state(FLAG, 2);
  return NOTHING;
}

/**
 * Of code points that begin a character whatever is before, but not after one that belongs to the
 * next: the character that they begin. 0 for all others, and for those written from right to left.
 */
export function beginnings(): Uint16Array {
  const table = new Uint16Array(BASIC);
  for (let code = FIRST_PRINTABLE; code < BASIC; code += 1) {
    const own = kind(code);
    const alone = own === ORDINARY || own === WIDE || own === EMOJI_BASE;
    if (alone && !isRightToLeftCode(code)) table[code] = first(own);
  }
  return table;
}

export interface Step {
  /** With this code point. */
  readonly after: Before;
  readonly joins: boolean;
}

const step = { after: NOTHING as Before, joins: false };

/**
 * The character to which a code point belongs, after `before`. `orphan`: nothing is known of what is
 * before, but there is something: a mark joins it. The result is valid until the next call.
 */
export function next(before: Before, code: number, orphan: boolean): Step {
  const kindOfCode = kind(code);
  let after = NOTHING;
  if (before !== NOTHING) after = joined(before, kindOfCode);
  else if (orphan && alwaysJoins(kindOfCode)) after = state(kindOfCode, 0);
  step.joins = after !== NOTHING;
  step.after = step.joins ? after : first(kindOfCode);
  return step;
}

/** How many columns a text takes, which has no control characters. */
export function textWidth(text: string): number {
  let [before, width] = [NOTHING, 0];
  for (const sign of text) {
    const { after, joins } = next(before, sign.codePointAt(0) ?? 0, false);
    width += columnsOf(after) - (joins ? columnsOf(before) : 0);
    before = after;
  }
  return width;
}

/** Scripts that are written from right to left, as `[first, last]`. */
export const RIGHT_TO_LEFT: readonly (readonly [number, number])[] = [
  [0x590, 0x8ff],
  [0xfb1d, 0xfdff],
  [0xfe70, 0xfefc],
  [0x10800, 0x10fff],
  [0x1e800, 0x1efff],
];

export function isRightToLeftCode(code: number): boolean {
  for (const [first, last] of RIGHT_TO_LEFT) {
    if (code < first) return false;
    if (code <= last) return true;
  }
  return false;
}

export function isRightToLeft(text: string): boolean {
  for (const sign of text) if (isRightToLeftCode(sign.codePointAt(0) ?? 0)) return true;
  return false;
}
