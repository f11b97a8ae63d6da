import { expect, it } from "vitest";
import { MOST_CELLS, MOST_COLS, shownGrid } from "./shown_grid";

it.each([
  [24, 80],
  [45, 170],
  [80, 300],
  [1, 2],
])("shows %d × %d as it is", (rows, cols) => {
  expect(shownGrid({ rows, cols })).toEqual({ rows, cols });
});

it.each([
  [1000, 1000],
  [1000, 80],
  [1, 1000],
  [0, 0],
  [-5, 10],
])("bounds %d × %d", (rows, cols) => {
  const shown = shownGrid({ rows, cols });
  expect(shown.rows * shown.cols).toBeLessThanOrEqual(MOST_CELLS);
  expect(shown.cols).toBeLessThanOrEqual(MOST_COLS);
  expect(Math.min(shown.rows, shown.cols)).toBeGreaterThanOrEqual(1);
});
