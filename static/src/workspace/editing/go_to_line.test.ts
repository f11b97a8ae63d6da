import { expect, it } from "vitest";
import { offsetOfLine } from "./go_to_line";

it.each([
  [1, 0],
  [2, 3],
  [3, 4],
  [4, 6],
  [9, 6],
])("finds where line %i begins", (line, offset) => {
  expect(offsetOfLine("ab\n\nc\nd", line)).toBe(offset);
});
