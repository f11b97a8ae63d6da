import type { Grid } from "../run/run_host";

/** 300 × 80 fill a large screen. Drawing many more keeps the page of a reader busy. */
export const MOST_CELLS = 24_000;
export const MOST_COLS = 400;

/**
 * The size at which somebody else's terminal is shown. A program's owner may ask for a million cells;
 * what does not fit is then shown wrongly, and only that.
 */
export function shownGrid({ rows, cols }: Grid): Grid {
  const width = Math.min(Math.max(cols, 1), MOST_COLS);
  return { rows: Math.min(Math.max(rows, 1), Math.floor(MOST_CELLS / width)), cols: width };
}
