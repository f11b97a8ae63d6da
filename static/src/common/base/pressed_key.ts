/** The parts of a KeyboardEvent that say what was pressed. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  /** 3: on the numeric pad. */
  readonly location: number;
  getModifierState(name: "AltGraph"): boolean;
}

const NUMERIC_PAD = 3;
const SPECIAL =
  /^(Enter|Tab|Escape|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow\w+|F\d{1,2})$/;

/**
 * The names of the keys that may be shown to a class, such as `["Control", "C"]`: shortcuts and
 * special keys. Null for text, which may be a password, and for modifiers alone.
 */
export function shownKeys(press: KeyPress, mac: boolean): string[] | null {
  if (press.isComposing) return null;
  if (!SPECIAL.test(press.key) && !isShortcut(press, mac)) return null;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const held = [
    press.ctrlKey && "Control",
    press.metaKey && "Meta",
    press.altKey && "Alt",
    press.shiftKey && "Shift",
  ];
  return [...held.filter((name) => name !== false), key];
}

/** A character with a modifier that makes it a command, and not another character. */
function isShortcut(press: KeyPress, mac: boolean): boolean {
  if ([...press.key].length !== 1 || press.getModifierState("AltGraph")) return false;
  if (press.ctrlKey || press.metaKey) return true;
  // Option types characters on a Mac; on Windows, Alt with digits of the numeric pad does.
  return press.altKey && !mac && press.location !== NUMERIC_PAD;
}
