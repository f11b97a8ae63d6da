import { type KeyPress, letterOf } from "../../common/base/shortcut";
import { withCtrl } from "../../common/screen/key_sequences";
import { asksForMenu } from "../context_menu";

/**
 * What becomes of a key in the terminal: xterm.js handles it (`terminal`), or the browser, or nobody;
 * the selection is copied; or the program gets `send`.
 */
export type KeyUse = "terminal" | "browser" | "nobody" | "copy" | { readonly send: string };

export interface TerminalKeys {
  /** A program reads what is typed. */
  readonly active: boolean;
  readonly mac: boolean;
  /** Whether text is selected. */
  selected(): boolean;
}

type Press = KeyPress & Pick<KeyboardEvent, "location">;

const SCROLL_KEYS = ["PageUp", "PageDown"];
/** With Ctrl, they are the browser's own: for the page and its tabs. */
const OF_BROWSER = ["l", "n", "r", "t", "w"];
/** With Ctrl, beside letters. */
const CONTROL_SIGNS = "@[\\]^_";
const NUMERIC_PAD = 3;
const ESC = "\x1b";

/** Without a program that reads, keys only scroll and copy. */
export function useOf(press: Press, { active, selected, mac }: TerminalKeys): KeyUse {
  // The browser opens the menu: xterm.js would send the keys to the program.
  if (asksForMenu(press)) return "browser";
  const letter = letterOf(press);
  const withControl = onlyControl(press);
  if (withControl && letter === "c" && !mac && selected()) return "copy";
  if (!active) return useWithoutProgram(press, withControl ? letter : null);
  // A paste event follows. On Macs ⌘ pastes, and programs get Ctrl+V.
  if (withControl && letter === "v" && !mac) return "browser";
  const send =
    wholeCharacter(press, mac) ?? controlCharacter(press, mac) ?? afterEscape(press, mac);
  return send === null ? "terminal" : { send };
}

/** A key that was meant for a program that has just ended: the browser would save or search the page. */
function useWithoutProgram({ key, shiftKey }: Press, letterWithControl: string | null): KeyUse {
  if (shiftKey && SCROLL_KEYS.includes(key)) return "terminal";
  return letterWithControl && !OF_BROWSER.includes(letterWithControl) ? "nobody" : "browser";
}

function onlyControl({ ctrlKey, shiftKey, altKey, metaKey }: Press): boolean {
  return ctrlKey && !shiftKey && !altKey && !metaKey;
}

const isCharacter = (key: string) => [...key].length === 1;
const isAscii = (key: string) => /^[ -~]+$/.test(key);

/**
 * Text that xterm.js drops or cuts: of a key that types two letters (Arabic has one), and of AltGr
 * where Windows and remote desktops report it as Ctrl and Alt.
 */
function wholeCharacter(press: Press, mac: boolean): string | null {
  const { key, ctrlKey, altKey, metaKey } = press;
  if (metaKey || composes(press)) return null;
  const several = key.length > 1 && !isAscii(key) && !ctrlKey && !altKey;
  const byAltGr = ctrlKey && altKey && !mac && isCharacter(key) && !/[a-z\d ]/i.test(key);
  return several || byAltGr ? key : null;
}

/** By the character: xterm.js knows the signs of a US keyboard only. */
function controlCharacter(press: Press, mac: boolean): string | null {
  const { key, keyCode, ctrlKey, altKey, metaKey } = press;
  if (!ctrlKey || metaKey || composes(press)) return null;
  const thirdLevel = mac || press.getModifierState("AltGraph");
  if (CONTROL_SIGNS.includes(key) && (!altKey || thirdLevel)) return withCtrl(key);
  const letter = letterOf(press);
  // Browsers report the code of the Latin letter, but not all of them do so on every layout.
  const unknown = keyCode < 65 || keyCode > 90;
  return letter && unknown && onlyControl(press) ? withCtrl(letter) : null;
}

/** Alt and a character. xterm.js knows letters, and the signs of a US keyboard. */
function afterEscape(press: Press, mac: boolean): string | null {
  const { key, ctrlKey, altKey, metaKey } = press;
  const meta = altKey && !ctrlKey && !metaKey && !mac && !press.getModifierState("AltGraph");
  // Alt and digits of the numeric pad are a code of Windows for a character.
  if (!meta || !isCharacter(key) || press.location === NUMERIC_PAD || composes(press)) return null;
  return isAscii(key) || letterOf(press) === null ? ESC + key : null;
}

function composes({ isComposing, keyCode }: Press): boolean {
  return isComposing || keyCode === 229;
}

/** Keys before the one that types the character. */
const ON_THE_WAY = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/;

/** After a dead key or AltGr, xterm.js waits for a character, and drops any key that types none. */
export function typesNothing(press: Press, mac: boolean): boolean {
  const { key, ctrlKey, altKey, metaKey } = press;
  if (press.getModifierState("AltGraph") || composes(press) || ON_THE_WAY.test(key)) return false;
  return key.length > 1 || metaKey || (ctrlKey && !altKey) || (altKey && !ctrlKey && !mac);
}
