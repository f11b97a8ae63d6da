import { FONT_SIZE_MAX, FONT_SIZE_MIN, type ThemeChoice } from "../protocol.gen";

/** What is shown: `system` follows the operating system's setting. */
export type Theme = Exclude<ThemeChoice, "system">;

/** A font size after `steps` steps up or down, within the limits. */
export function stepped(size: number, steps: number): number {
  return Math.min(FONT_SIZE_MAX, Math.max(FONT_SIZE_MIN, size + steps));
}
