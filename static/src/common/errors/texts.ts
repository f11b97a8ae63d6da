import { locale } from "../i18n/locale";
import type { Explanation } from "./fault";
import type { TextKey, Texts, Values } from "./texts/keys";

/** An explanation in plain words. What stands between two backticks is code. */
export interface Words {
  /** What the error means here. */
  readonly means: string;
  /** What to look at. */
  readonly look: string;
  /** The line to be changed, if it is another one than that of the error. */
  readonly line?: number;
}

const MOST_VALUE = 200;

/** The texts in the language of the page. */
export async function loadTexts(): Promise<Texts> {
  if (locale().toLowerCase().startsWith("de")) return (await import("./texts/de")).DE;
  return (await import("./texts/en")).EN;
}

/** A text has two lines: what the error means, and what to look at. */
export function wordsOf(texts: Texts, { text, values, line }: Explanation): Words {
  const [means = "", look = ""] = texts[text].split("\n").map((words) => filled(words, values));
  return line === undefined ? { means, look } : { means, look, line };
}

/** A text of one line. */
export function labelOf(texts: Texts, text: TextKey, values: Values = {}): string {
  return filled(texts[text], values);
}

function filled(words: string, values: Values): string {
  return words.replace(
    /(\b[Aa] `)?\{(\w+)\}/g,
    (place, article: string | undefined, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      // Curly brackets of f-strings in examples have no value.
      if (value === undefined) return place;
      const shown = harmless(String(value));
      // "an `int`": no German word is "a".
      return `${/^[aeiou]/i.test(shown) ? (article?.replace(" ", "n ") ?? "") : (article ?? "")}${shown}`;
    },
  );
}

/** Values come out of a program: they stay on their line, and within their backticks. */
function harmless(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, " ").replaceAll("`", "'");
  return line.length > MOST_VALUE ? `${line.slice(0, MOST_VALUE)}…` : line;
}
