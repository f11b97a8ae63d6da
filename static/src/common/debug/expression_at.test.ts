import { describe, expect, test } from "vitest";
import { expressionAt } from "./expression_at";

describe("the name at a place of a line", () => {
  test.each([
    ["total = a.b.c", 8, "a"],
    ["total = a.b.c", 10, "a.b"],
    ["total = a.b.c", 12, "a.b.c"],
    ["x = '🎲' + dice.eyes", 11, "dice"],
    ["x = '🎲' + dice.eyes", 18, "dice.eyes"],
    ["\tgro\u0308ße = 1", 2, "gro\u0308ße"],
    ["नाम = 1", 1, "नाम"],
    ["℘ = 1", 0, "℘"],
    ["1 + 2", 0, null],
    ["__name__", 3, null],
    ["a.b", 9, null],
  ])("%j at %i is %j", (line, column, found) => {
    expect(expressionAt(line, column)).toBe(found);
  });
});
