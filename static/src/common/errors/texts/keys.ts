import type { EN } from "./en";

/** The texts that explain errors. */
export type TextKey = keyof typeof EN;
/** In one language; a text has two lines: what the error means, and what to look at. */
export type Texts = Readonly<Record<TextKey, string>>;
/** What is put into a text, by the names in its curly brackets. */
export type Values = Readonly<Record<string, string | number>>;
