const LONGEST_NAME = 40;
/** A file may define more names than can be compared in a moment. */
const MOST_NAMES = 2000;

/** The name that is most like `wanted`; null: none is like it. Names in another case are the most alike. */
export function mostSimilar(wanted: string, names: Iterable<string>): string | null {
  if (wanted.length > LONGEST_NAME) return null;
  const lower = wanted.toLowerCase();
  let [best, least] = [null as string | null, mostEdits(wanted) + 1];
  let compared = 0;
  for (const name of names) {
    compared += 1;
    if (compared > MOST_NAMES) break;
    if (name === wanted || Math.abs(name.length - wanted.length) >= least) continue;
    const edits = name.toLowerCase() === lower ? 0.5 : distance(lower, name.toLowerCase());
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

/** Short names are alike by chance. */
function mostEdits(name: string): number {
  if (name.length < 3) return 0;
  if (name.length < 6) return 1;
  return 2;
}

/** Edits between two texts, where two neighbours that changed places count once. */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
