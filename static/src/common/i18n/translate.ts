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
  return texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
