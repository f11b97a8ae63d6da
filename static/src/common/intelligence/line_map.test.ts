import { expect, it } from "vitest";
import { LineMap } from "./line_map";

const TEXT = "a = '😀'\n\nb = '\ud800'";
const MAP = new LineMap(TEXT);

it.each([
  [0, 0, 0],
  [7, 0, 7],
  [9, 1, 0],
  [10, 2, 0],
  [16, 2, 6],
])("knows the place of offset %i", (offset, line, character) => {
  expect(MAP.positionAt(offset)).toEqual({ line, character });
  expect(MAP.offsetOf({ line, character })).toBe(offset);
});

it("takes the nearest place for one that there is not", () => {
  expect(MAP.offsetOf({ line: 0, character: 99 })).toBe(8);
  expect(MAP.offsetOf({ line: 99, character: 0 })).toBe(TEXT.length);
  expect(MAP.offsetOf({ line: -1, character: 3 })).toBe(0);
  expect(MAP.positionAt(99)).toEqual({ line: 2, character: 7 });
  expect(MAP.positionAt(-1)).toEqual({ line: 0, character: 0 });
  expect(new LineMap("").positionAt(0)).toEqual({ line: 0, character: 0 });
});
