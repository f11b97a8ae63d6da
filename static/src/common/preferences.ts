export const THEME_CHOICES = ["system", "light", "dark", "contrast"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
/** What is shown: `system` follows the operating system's setting. */
export type Theme = Exclude<ThemeChoice, "system">;

/** A user's preferences, stored on the server (`/preferences/`). */
export interface Preferences {
  readonly theme: ThemeChoice;
  readonly font_size: number;
  readonly tab_size: number;
  readonly screen_reader: boolean;
  readonly terminal_font_size: number;
  readonly copy_on_select: boolean;
}

export const DEFAULTS: Preferences = {
  theme: "system",
  font_size: 14,
  tab_size: 4,
  screen_reader: false,
  terminal_font_size: 14,
  copy_on_select: false,
};

export const FONT_SIZES = { least: 10, most: 32 } as const;
export const TAB_SIZES = [2, 4, 8] as const;

/** A font size after `steps` steps up or down, within the limits. */
export function stepped(size: number, steps: number): number {
  return Math.min(FONT_SIZES.most, Math.max(FONT_SIZES.least, size + steps));
}
