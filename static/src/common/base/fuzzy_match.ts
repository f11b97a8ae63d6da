/** The items whose name contains the letters of `words` in this order, the best match first. */
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

/** 0: a prefix; larger: a worse match; null: no match. */
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
