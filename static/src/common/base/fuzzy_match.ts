/** Items whose name has the letters of `words` in order; the better they stand together, the earlier. */
export function matching<Item>(
  words: string,
  items: readonly Item[],
  name: (item: Item) => string,
): Item[] {
  return items
    .map((item, index) => ({ item, index, rank: rank(words, name(item)) }))
    .filter(({ rank: found }) => found !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0) || one.index - other.index)
    .map(({ item }) => item);
}

/** 0: begins with it; larger: farther apart; null: not in it. */
function rank(words: string, name: string): number | null {
  const [wanted, text] = [words.toLowerCase().replace(/\s+/g, ""), name.toLowerCase()];
  const whole = text.replace(/\s+/g, "").indexOf(wanted);
  if (whole >= 0) return whole;
  let at = -1;
  let gaps = text.length;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return null;
    gaps += next - at - 1;
    at = next;
  }
  return gaps;
}
