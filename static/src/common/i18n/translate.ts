import { DE } from "./texts_de";
import { EN, type TextKey } from "./texts_en";

export type { TextKey } from "./texts_en";
export type Values = Readonly<Record<string, string | number>>;

let texts: Readonly<Record<TextKey, string>> = EN;

/** `tag`: of the page's <html lang>. Whoever reads another language reads English. */
export function useLanguage(tag: string): void {
  texts = tag.toLowerCase().startsWith("de") ? DE : EN;
}

export function speaksEnglish(): boolean {
  return texts === EN;
}

/** A text in the reader's language, with `{names}` filled in. */
export function t(key: TextKey, values: Values = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
