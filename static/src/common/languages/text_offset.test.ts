import { expect, it } from "vitest";
import { offsetOf } from "./text_offset";

it.each([
  [1, 1, 0],
  [2, 1, 3],
  [3, 1, 4],
  [4, 1, 6],
  [9, 1, 6],
  [1, 2, 1],
  [1, 9, 2],
  [4, 9, 7],
])("finds line %i, column %i", (line, column, offset) => {
  expect(offsetOf("ab\n\nc\nd", line, column)).toBe(offset);
});
