import { indentationOf, isBlank, type Line, linesOf } from "./lines";

export interface Indentation {
  readonly tabs: boolean;
  /** Columns of a level; a tab is shown as wide. */
  readonly size: number;
}

const LARGEST = 8;

export function unitOf({ tabs, size }: Indentation): string {
  return tabs ? "\t" : " ".repeat(size);
}

/** The lines whose indentation counts: statements, without comments. */
export function statements(lines: readonly Line[]): Line[] {
  return lines.filter(
    ({ start, text }) => start === "statement" && !isBlank(text) && !/^\s*#/.test(text),
  );
}

/** How a text is indented; null if no statement of it is. `preferred`: columns, if it does not say. */
export function detectIndentation(
  text: string,
  preferred: number,
  python: boolean,
): Indentation | null {
  const indented = statements(linesOf(text, python)).map((line) => indentationOf(line.text));
  const tabbed = indented.filter((one) => one.startsWith("\t")).length;
  const spaced = indented.filter((one) => one.startsWith(" "));
  if (tabbed === 0 && spaced.length === 0) return null;
  if (tabbed > spaced.length) return { tabs: true, size: preferred };
  if (tabbed === spaced.length) {
    const first = indented.find((one) => one !== "") ?? "";
    if (first.startsWith("\t")) return { tabs: true, size: preferred };
  }
  return { tabs: false, size: mostUsed(steps(indented)) ?? common(spaced, preferred) };
}

/** By how many spaces lines are indented more than the one before. */
function steps(indented: readonly string[]): number[] {
  return indented.flatMap((one, index) => {
    const before = indented[index - 1];
    // A text may begin inside of a block.
    const step = before !== undefined && one.startsWith(before) ? one.slice(before.length) : "";
    return /^ +$/.test(step) && step.length <= LARGEST ? [step.length] : [];
  });
}

/** Of equally many, the larger one. */
function mostUsed(sizes: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || b - a);
  return best?.[0] ?? null;
}

/** For lines without a step: the preferred size if it divides them all. */
function common(spaced: readonly string[], preferred: number): number {
  const divides = (size: number) => spaced.every(({ length }) => length % size === 0);
  return [preferred, 4, 8, 3, 2].find(divides) ?? preferred;
}
