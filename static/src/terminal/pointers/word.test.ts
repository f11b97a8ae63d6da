import { describe, expect, it } from "vitest";
import { type Cells, whole, wordAt } from "./word";

const COLS = 12;

/** Rows of 12 cells; `~` is the second half of the wide character before it, a `+` at the start continues. */
function screen(...rows: string[]): Cells {
  const text = rows.map((row) => row.replace(/^\+/, "").padEnd(COLS)).join("");
  return {
    cols: COLS,
    count: text.length,
    sign: (index) => (text[index] === "~" ? "" : (text[index] ?? " ")),
    continues: (row) => rows[row]?.startsWith("+") ?? false,
  };
}

function word(cells: Cells, index: number): string | null {
  const range = wordAt(cells, index);
  if (!range) return null;
  return Array.from({ length: range[1] - range[0] }, (_, i) => cells.sign(range[0] + i)).join("");
}

describe("the word at a cell", () => {
  it.each([
    [0, "name"],
    [3, "name"],
    [4, null],
    [6, "=="],
    [11, null],
  ])("around cell %i is %s", (index, expected) => {
    expect(word(screen("name  == x"), index)).toBe(expected);
  });

  it("is the text inside brackets and quotation marks, or one of these", () => {
    const line = screen("f('ab', [c])");
    expect([1, 3, 5, 8, 9].map((at) => word(line, at))).toEqual(["(", "ab", "'", "[", "c"]);
  });

  it("keeps paths, numbers and names in one piece", () => {
    expect(word(screen("at a/b_c.py:"), 6)).toBe("a/b_c.py:");
    expect(word(screen("is -3.14e-5"), 7)).toBe("-3.14e-5");
  });

  it("goes on in the row below only if the line does", () => {
    expect(word(screen("a long---one", "+word here"), 9)).toBe("long---oneword");
    expect(word(screen("a long---one", "word here"), 9)).toBe("long---one");
    expect(word(screen("a long---one", "+word here"), 13)).toBe("long---oneword");
  });

  it("ends at the first and last cell of the screen", () => {
    expect(word(screen("abcdefghijkl"), 0)).toBe("abcdefghijkl");
    expect(word(screen("abcdefghijkl"), 11)).toBe("abcdefghijkl");
  });

  it("has both halves of wide characters", () => {
    const wide = screen("時~間~ ok");
    expect(wordAt(wide, 1)).toEqual([0, 4]);
    expect(wordAt(wide, 2)).toEqual([0, 4]);
    expect(wordAt(screen("(時~)"), 2)).toEqual([1, 3]);
  });

  it("ends at the lines of a table", () => {
    expect(word(screen("│Ada│36│"), 2)).toBe("Ada");
  });
});

it("widens a range to whole characters", () => {
  const wide = screen("a時~間~b");
  expect(whole(wide, [2, 4])).toEqual([1, 5]);
  expect(whole(wide, [0, 1])).toEqual([0, 1]);
});
