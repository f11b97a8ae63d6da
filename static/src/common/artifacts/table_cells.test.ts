import { describe, expect, test } from "vitest";
import { type Cell, cellsOf, tabbed } from "./table_cells";

function cell(text: string, more: Partial<Cell> = {}): Cell {
  return { text, head: false, columns: 1, rows: 1, ...more };
}

describe("a table of a program", () => {
  test("is cut to what is shown, and says how large it is", () => {
    const rows = Array.from({ length: 5 }, (_, row) => [cell(`${row}`), cell("b"), cell("c")]);
    const grid = cellsOf(rows, 2, 2);
    expect(grid.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["0", "b"],
      ["1", "b"],
    ]);
    expect([grid.rowCount, grid.columnCount, grid.columns]).toEqual([5, 3, 2]);
  });

  test("does not grow by cells that claim a thousand columns or rows", () => {
    const wide = [[cell("a", { columns: 1000, rows: 65534 }), cell("b")], [cell("c", { rows: 0 })]];
    const grid = cellsOf(wide, 10, 10);
    expect(grid.rows[0]?.map(({ columns, rows }) => [columns, rows])).toEqual([[10, 2]]);
    expect(grid.rows[1]?.[0]?.rows).toBe(1);
  });

  test("shortens a text of a megabyte", () => {
    expect(cellsOf([[cell("x".repeat(2 ** 20))]], 9, 9).rows[0]?.[0]?.text.length).toBe(2000);
  });

  test("is copied as spreadsheets read it, without formulas", () => {
    const rows = [
      [cell("name"), cell("a\tb\nc", { columns: 2 }), cell("d")],
      [cell("=HYPERLINK(1)"), cell("-1.5"), cell("-cmd"), cell("@x")],
    ];
    expect(tabbed(cellsOf(rows, 9, 9))).toBe("name\ta b c\t\td\n'=HYPERLINK(1)\t-1.5\t'-cmd\t'@x");
  });
});
