import { useLocale } from "./locale";
import { DE } from "./texts_de";
import { EN, type TextKey } from "./texts_en";

export type { TextKey } from "./texts_en";
export type Values = Readonly<Record<string, string | number>>;

let texts: Readonly<Record<TextKey, string>> = EN;

/**
 * `tag` is the page's <html lang>. Languages without a translation fall back to English.
 * `preferred`: as `useLocale`.
 */
export function useLanguage(tag: string, preferred: readonly string[] = []): void {
  texts = tag.toLowerCase().startsWith("de") ? DE : EN;
  useLocale(texts === DE ? "de" : "en", preferred);
}

/** The text in the page's language, with its `{placeholders}` replaced by `values`. */
export function t(key: TextKey, values: Values = {}): string {
  return filled(texts[key], values);
}

/** As `t`, for texts that are loaded together with the part of the page that shows them. */
export function translator<Key extends string>(
  en: Readonly<Record<Key, string>>,
  de: Readonly<Record<Key, string>>,
): (key: Key, values?: Values) => string {
  return (key, values = {}) => filled((texts === DE ? de : en)[key], values);
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
