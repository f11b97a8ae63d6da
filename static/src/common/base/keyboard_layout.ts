/** The key of a character on a US keyboard, by its `code`. */
const US_PLACES: Readonly<Record<string, string>> = {
  "-": "Minus",
  "=": "Equal",
  "+": "Equal",
  "[": "BracketLeft",
  "]": "BracketRight",
  "\\": "Backslash",
  ";": "Semicolon",
  "'": "Quote",
  "`": "Backquote",
  ",": "Comma",
  ".": "Period",
  "/": "Slash",
};

/** The `code` of the key that types a character on a US keyboard. */
export function usPlace(character: string): string | undefined {
  if (/^[A-Z]$/i.test(character)) return `Key${character.toUpperCase()}`;
  if (/^\d$/.test(character)) return `Digit${character}`;
  return US_PLACES[character];
}

/** The parts of a KeyboardEvent that say which character a key types. */
export interface TypedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  getModifierState(name: "AltGraph"): boolean;
}

/** What keys type without a modifier, as far as that is known: some browsers do not tell it. */
export class KeyboardLayout {
  readonly #typed = new Map<string, string>();

  /** In lower case; undefined: not known, or no character. */
  characterAt(code: string): string | undefined {
    return this.#typed.get(code);
  }

  placeOf(character: string): string | undefined {
    const wanted = character.toLowerCase();
    for (const [code, typed] of this.#typed) if (typed === wanted) return code;
    return undefined;
  }

  /** The whole layout, as `navigator.keyboard.getLayoutMap()` tells it. Whether that is news. */
  replace(layout: Iterable<readonly [string, string]>): boolean {
    let news = false;
    for (const [code, typed] of layout) news = this.#set(code, typed) || news;
    return news;
  }

  /** A key was pressed. Whether what it types is news. */
  learn(press: TypedKey): boolean {
    const held = press.ctrlKey || press.altKey || press.metaKey || press.shiftKey;
    const other = held || press.isComposing || press.getModifierState("AltGraph");
    if (other || [...press.key].length !== 1 || !isOnLayout(press.code)) return false;
    return this.#set(press.code, press.key);
  }

  #set(code: string, character: string): boolean {
    const typed = character.toLowerCase();
    if (this.#typed.get(code) === typed) return false;
    const before = this.placeOf(typed);
    if (before !== undefined) this.#typed.delete(before); // of the layout before
    this.#typed.set(code, typed);
    return true;
  }
}

/** The numeric pad has signs of its own. */
function isOnLayout(code: string): boolean {
  return /^(Key|Digit|Intl)/.test(code) || Object.values(US_PLACES).includes(code);
}
