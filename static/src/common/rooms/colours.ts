/** Legible on light and dark ground, with white text. */
export const COLOURS = [
  "#c2410c", "#1d6fd1", "#15803d", "#a21caf", "#b91c5c", "#0e7490", "#6d5bd0", "#8a6100",
]; // biome-ignore format: one line

/** The number of a user's colour, where nobody else has it. */
export function colourOf(user: string): number {
  let sum = 0;
  for (const unit of user) sum = (sum * 31 + (unit.codePointAt(0) ?? 0)) % 9973;
  return sum % COLOURS.length;
}

/**
 * Of everybody who is here, in the order of coming: no two have the same while there are as many
 * colours. All pages have the same order, and so the same colours.
 */
export function coloursOf(users: readonly string[]): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  const taken = new Set<number>();
  for (const user of new Set(users)) {
    let colour = colourOf(user);
    for (let tries = 1; taken.has(colour) && tries < COLOURS.length; tries += 1) {
      colour = (colour + 1) % COLOURS.length;
    }
    given.set(user, colour);
    taken.add(colour);
  }
  return given;
}
