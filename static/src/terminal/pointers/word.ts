/** Cells of a terminal in reading order; a row has `cols` of them. */
export interface Cells {
  readonly cols: number;
  readonly count: number;
  /** Empty for the second half of a wide character, a space for a cell without text. */
  sign(index: number): string;
  /** Whether the row continues the line of the row above. */
  continues(row: number): boolean;
}

export type Range = readonly [from: number, to: number];

/** What stands around words in output of programs. */
const SEPARATORS = new Set(" \u00a0()[]{}<>,;\"'`│║");

/** The word around a cell, also over the end of a row; null in empty space. */
export function wordAt(cells: Cells, index: number): Range | null {
  const at = firstHalf(cells, index);
  const sign = cells.sign(at);
  if (sign.trim() === "") return null;
  const belongs = (one: number) => {
    const text = cells.sign(one);
    return !SEPARATORS.has(text === "" ? cells.sign(firstHalf(cells, one)) : text);
  };
  if (!belongs(at)) return whole(cells, [at, at + 1]);
  let [from, to] = [at, at + 1];
  while (from > 0 && joined(cells, from) && belongs(from - 1)) from -= 1;
  while (to < cells.count && joined(cells, to) && belongs(to)) to += 1;
  return [from, to];
}

/** A range that contains all of its wide characters. */
export function whole(cells: Cells, [from, to]: Range): Range {
  let end = to;
  while (end < cells.count && end % cells.cols !== 0 && cells.sign(end) === "") end += 1;
  return [firstHalf(cells, from), end];
}

/** Whether a cell follows the one before it in the same line. */
function joined({ cols, continues }: Cells, index: number): boolean {
  return index % cols !== 0 || continues(Math.floor(index / cols));
}

function firstHalf(cells: Cells, index: number): number {
  let at = index;
  while (at % cells.cols !== 0 && cells.sign(at) === "") at -= 1;
  return at;
}
