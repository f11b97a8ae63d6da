import { translator } from "../i18n/translate";
import { DE } from "./texts_de";
import { EN } from "./texts_en";

/** A text of a class at work, in the page's language. */
export const ct = translator(EN, DE);

/** How long something lasts, in the largest unit that says something. */
export function lasting(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return ct("since.seconds", { count: whole });
  if (whole < 3600) return ct("since.minutes", { count: Math.floor(whole / 60) });
  return ct("since.hours", { count: Math.floor(whole / 3600) });
}
