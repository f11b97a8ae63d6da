/** How many arguments a program may get, and how many characters each may have. */
export interface ArgumentLimits {
  readonly count: number;
  readonly characters: number;
}

export type SplitArguments =
  | { readonly kind: "arguments"; readonly list: readonly string[] }
  /** The quotation mark that is not closed. */
  | { readonly kind: "unclosed"; readonly quote: string }
  | { readonly kind: "many"; readonly count: number }
  /** `number` counts from 1. */
  | { readonly kind: "long"; readonly number: number; readonly count: number };

const WHITE_SPACE = /\s/;
const QUOTES = `"'`;
/** Between double quotation marks a backslash stands for itself before any other character. */
const ESCAPED_IN_QUOTES = `"\\`;

/**
 * The arguments in a line, split as a POSIX shell does: by white space, with quotation marks and
 * backslashes. Nothing is expanded: `*`, `~` and `$HOME` are text. A backslash at the end is text.
 */
export function splitArguments(text: string, limits: ArgumentLimits): SplitArguments {
  const characters = [...text];
  const words: string[] = [];
  let inWord = false;
  let quote = "";
  const add = (character: string) => {
    words.push(inWord ? `${words.pop()}${character}` : character);
    inWord = true;
  };
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    const next = characters[at + 1];
    if (character === "\\" && next !== undefined && mayEscape(quote, next)) {
      add(next);
      at += 1;
    } else if (character === quote) quote = "";
    else if (quote === "" && QUOTES.includes(character)) {
      quote = character;
      add(""); // "" is an argument without characters
    } else if (quote === "" && WHITE_SPACE.test(character)) inWord = false;
    else add(character);
  }
  return quote === "" ? checked(words, limits) : { kind: "unclosed", quote };
}

function mayEscape(quote: string, next: string): boolean {
  return quote === "" || (quote === '"' && ESCAPED_IN_QUOTES.includes(next));
}

function checked(list: readonly string[], limits: ArgumentLimits): SplitArguments {
  if (list.length > limits.count) return { kind: "many", count: list.length };
  for (const [index, argument] of list.entries()) {
    const count = [...argument].length;
    if (count > limits.characters) return { kind: "long", number: index + 1, count };
  }
  return { kind: "arguments", list };
}
