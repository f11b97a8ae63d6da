import type { Terminal } from "@xterm/xterm";
import { asksForMenu } from "./context_menu";

const SCROLL_KEYS = ["PageUp", "PageDown"];
/** What a program is told by Ctrl and a letter; not the browser's own for the page and its tabs. */
const LETTER = /^[a-z]$/;
const OF_BROWSER = ["l", "n", "r", "t", "w"];

/**
 * Whether xterm.js handles a key. Without a program that reads (`active`), keys only scroll and copy;
 * the option `disableStdin` would do the same, but see `TerminalView.setActive`.
 */
export function takesKey(
  terminal: Pick<Terminal, "hasSelection">,
  event: KeyboardEvent,
  active: boolean,
): boolean {
  const { key, shiftKey } = event;
  // The browser opens the menu: xterm.js would send the keys to the program.
  if (asksForMenu(event)) return false;
  if (active || (shiftKey && SCROLL_KEYS.includes(key))) return true;
  if (surprises(event) && !(key === "c" && terminal.hasSelection())) event.preventDefault();
  return false;
}

/** The key was meant for a program that has just ended: the browser would save or search the page. */
function surprises({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const letter = key.toLowerCase();
  return ctrlKey && !shiftKey && !altKey && LETTER.test(letter) && !OF_BROWSER.includes(letter);
}
