import type { IBuffer, IBufferCell, IBufferLine } from "@xterm/xterm";
import { expect, it } from "vitest";
import { bufferText } from "./buffer_text";

/** Rows as xterm.js has them: null is the second half of a wide character, "" an empty cell. */
function buffer(...rows: { cells: (string | null)[]; isWrapped?: boolean }[]): IBuffer {
  const lines = rows.map(({ cells, isWrapped = false }) => {
    const cell = (x: number) =>
      ({
        getChars: () => cells[x] ?? "",
        getWidth: () => (cells[x] === null ? 0 : cells[x + 1] === null ? 2 : 1),
      }) as IBufferCell;
    const text = (trim = false, from = 0, to = cells.length) => {
      const all = cells.slice(from, to).map((one) => (one === null ? "" : one || " "));
      return trim ? all.join("").trimEnd() : all.join("");
    };
    return { isWrapped, length: cells.length, getCell: cell, translateToString: text };
  });
  return {
    length: lines.length,
    getLine: (y: number) => lines[y] as unknown as IBufferLine | undefined,
  } as IBuffer;
}

it("joins rows where a wide character had no room at the end of one", () => {
  const first = { cells: ["时", null, ""] };
  const second = { cells: ["间", null, "", ""], isWrapped: true };
  expect(bufferText(buffer(first, second))).toBe("时间");
});

it("keeps a space that a program wrote at the end of a row", () => {
  const wide = { cells: ["时", null, " "] };
  expect(bufferText(buffer(wide, { cells: ["间", null], isWrapped: true }))).toBe("时 间");
  const narrow = { cells: ["a", "b", ""] };
  expect(bufferText(buffer(narrow, { cells: ["c"], isWrapped: true }))).toBe("ab c");
});

it("has a line for each that is not wrapped, without empty ones below", () => {
  const rows = [{ cells: ["a", ""] }, { cells: ["b"] }, { cells: ["", ""] }];
  expect(bufferText(buffer(...rows))).toBe("a\nb");
});
