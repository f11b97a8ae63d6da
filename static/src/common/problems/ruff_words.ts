import { translator } from "../i18n/translate";
import { RUFF_DE } from "./ruff_words_de";
import { RUFF_EN, type RuffKey } from "./ruff_words_en";

const text = translator(RUFF_EN, RUFF_DE);

/**
 * What a rule says, in the page's language: with the name that ruff puts between backticks. Ruff's own
 * English sentence for rules that beginners hardly meet.
 */
export function ruffMessage(code: string, message: string): string {
  if (!isKnown(code)) return message;
  return text(code, { name: nameIn(message) });
}

/** What a fix does; `message` is ruff's own word for it, if it has one. */
export function ruffFix(code: string, message: string | null): string {
  const key = `fix.${code}`;
  if (isKnown(key)) return text(key);
  return message ?? text("fix");
}

function isKnown(key: string): key is RuffKey {
  return key in RUFF_EN;
}

function nameIn(message: string): string {
  return /`([^`]{1,80})`/.exec(message)?.[1] ?? "";
}
