import { type KeyboardLayout, type TypedKey, usPlace } from "./keyboard_layout";

/** The parts of a KeyboardEvent that decide which shortcut was pressed. */
export interface KeyPress extends TypedKey {
  readonly keyCode: number;
}

/**
 * How well a key fits a shortcut; the best of all shortcuts wins. `US_PLACE`: it is where a US keyboard
 * has the character. `PLACE`: it types the character without the modifiers that are held.
 */
export const Fit = { NONE: 0, US_PLACE: 1, PLACE: 2, CHARACTER: 3 } as const;
export type Fit = (typeof Fit)[keyof typeof Fit];

interface Shortcut {
  readonly held: ReadonlySet<string>;
  readonly key: string;
}

/** An input method handles the key. */
const COMPOSING = 229;
/** With Ctrl, browsers make the page larger or smaller. */
const ZOOM = "+-=_";
/** On layouts that do not type them with one key, AltGr or Option does, and not Shift. */
const THIRD_LEVEL = "[]\\";
/** Some browsers do not name the keys of the numeric pad. */
const NUMERIC_PAD: Readonly<Record<string, string>> = {
  NumpadEnter: "Enter",
  NumpadAdd: "+",
  NumpadSubtract: "-",
  NumpadDivide: "/",
};
const US_PAIRS: Readonly<Record<string, string>> = { "+": "=+", "-": "-_" };

/** Of keys such as `Mod+Alt++` or `Control+ `. */
function parsed(keys: string): Shortcut {
  const parts = keys.split(/\+(?=.)/);
  return { held: new Set(parts.slice(0, -1)), key: parts.at(-1) ?? "" };
}

const isLetter = (key: string) => /^[A-Z]$/i.test(key);
const isSign = (key: string) => key.length === 1 && !isLetter(key);
/** Not of a Latin layout, or a dead key. Browsers do not name keys that type two characters. */
const isForeign = (key: string) => /^(Dead|Unidentified)$|[^ -~]/.test(key);

/**
 * Whether keys, such as `Mod+S`, were pressed: by the character that the layout types, or else by the
 * place of the key, where the layout types no other Latin letter. Mod is Ctrl, or ⌘ on a Mac.
 */
export function fitOf(keys: string, press: KeyPress, layout: KeyboardLayout, mac: boolean): Fit {
  const { held, key } = parsed(keys);
  if (press.isComposing || press.keyCode === COMPOSING) return Fit.NONE;
  if (!modifiersFit(held, key, press, mac)) return Fit.NONE;
  const pressed = NUMERIC_PAD[press.code] ?? press.key;
  if (pressed === key && key.length > 1) return Fit.CHARACTER;
  if (key.length > 1 || typesByThirdLevel(press)) return Fit.NONE;
  const shiftFits = press.shiftKey === held.has("Shift");
  if (pressed.toUpperCase() === key) return shiftFits || isSign(key) ? Fit.CHARACTER : Fit.NONE;
  if (!shiftFits && key !== "+") return Fit.NONE;
  return placeFit(key, press, layout, mac);
}

function modifiersFit(
  held: ReadonlySet<string>,
  key: string,
  press: KeyPress,
  mac: boolean,
): boolean {
  // With Ctrl and a letter, Macs move the cursor.
  const byControl = mac && press.ctrlKey && !press.metaKey && !isLetter(key);
  const mod = held.has("Mod");
  const meta = mod && mac && !byControl;
  const control = held.has("Control") || (mod && !meta);
  if (press.metaKey !== meta || press.ctrlKey !== control) return false;
  if (press.altKey !== held.has("Alt")) return false;
  return isSign(key) || isLetter(key) || press.shiftKey === held.has("Shift");
}

/** AltGr types a character of its own. With Ctrl besides, it only helps to reach a sign. */
function typesByThirdLevel(press: KeyPress): boolean {
  return press.getModifierState("AltGraph") && (!press.ctrlKey || press.altKey);
}

function placeFit(key: string, press: KeyPress, layout: KeyboardLayout, mac: boolean): Fit {
  if (!placeCounts(key, press, mac)) return Fit.NONE;
  const places = [layout.placeOf(key), key === "+" ? layout.placeOf("=") : undefined];
  if (places.includes(press.code)) return Fit.PLACE;
  return press.code === usPlace(key) ? Fit.US_PLACE : Fit.NONE;
}

/** Whether a key may be meant for its place, and not for what it types. */
function placeCounts(key: string, press: KeyPress, mac: boolean): boolean {
  if (US_PAIRS[key]?.includes(press.key) && press.code === usPlace(key)) return true;
  // Windows and remote desktops report AltGr as Ctrl and Alt.
  if (press.ctrlKey && press.altKey && !mac) return false;
  if (isForeign(press.key)) return true;
  return isSign(key) && isSign(press.key) && isFree(press.key) && !press.altKey;
}

/** Whether no browser has a use of its own for Ctrl and a sign. */
function isFree(sign: string): boolean {
  return !/\d/.test(sign) && !ZOOM.includes(sign);
}

/**
 * The character that names the key of a shortcut on this layout: `Ü` for `[` on a German one. Null if
 * the layout has no key for it.
 */
export function keyName(key: string, layout: KeyboardLayout): string | null {
  // Everybody who types a sign with Shift finds it; `fitOf` does not mind the Shift.
  if (!THIRD_LEVEL.includes(key) || layout.placeOf(key) !== undefined) return key;
  const place = usPlace(key);
  const typed = place && layout.characterAt(place);
  if (!typed || isOfOtherScript(typed)) return key;
  if (!isForeign(typed)) return isSign(typed) && isFree(typed) ? typed : null;
  const shown = typed.toUpperCase();
  return [...shown].length === 1 ? shown : typed;
}

/** The keys of other scripts show Latin characters too. */
function isOfOtherScript(character: string): boolean {
  return /^\p{L}$/u.test(character) && !/^\p{Script=Latin}$/u.test(character);
}

/** The Latin letter of a key, in lower case: also on layouts that have no Latin letters. */
export function letterOf({ key, code }: Pick<KeyPress, "key" | "code">): string | null {
  if (isLetter(key)) return key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return place && isForeign(key) ? place.toLowerCase() : null;
}
