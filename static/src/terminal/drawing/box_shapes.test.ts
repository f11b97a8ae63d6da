import { describe, expect, it } from "vitest";
import { joinsSideways, shapeOf } from "./box_shapes";
import { backgroundOfShape } from "./cell_styles";
import type { Cell, Layer } from "./layers";

const SIZES: readonly Cell[] = [
  { width: 6, height: 16 },
  { width: 8, height: 23 },
  { width: 13, height: 34 },
  { width: 17, height: 46 },
  { width: 22, height: 60 },
  { width: 31, height: 63 },
];
const CODES = Array.from({ length: 0xa0 }, (_, index) => 0x2500 + index);
const ARCS = [0x256d, 0x256e, 0x256f, 0x2570];
const DIAGONALS = [0x2571, 0x2572, 0x2573];
const SHADES = [0x2591, 0x2592, 0x2593];

/** Whether a layer covers the pixel whose upper left corner is at (x, y). */
function covers(layer: Layer, x: number, y: number): boolean {
  if (layer.kind === "rect") {
    const inside = x >= layer.x && x < layer.x + layer.width;
    return inside && y >= layer.y && y < layer.y + layer.height;
  }
  if (layer.kind !== "arc") return false;
  const [left, top, width, height] = layer.box;
  if (x < left || x >= left + width || y < top || y >= top + height) return false;
  const distance = Math.hypot(x + 0.5 - left - layer.centre[0], y + 0.5 - top - layer.centre[1]);
  return distance >= layer.inner && distance <= layer.outer;
}

function picture(code: number, cell: Cell): string[] {
  const layers = shapeOf(code, cell);
  return Array.from({ length: cell.height }, (_, y) =>
    Array.from({ length: cell.width }, (_, x) =>
      layers.some((layer) => covers(layer, x, y)) ? "#" : ".",
    ).join(""),
  );
}

function edges(code: number, cell: Cell) {
  const rows = picture(code, cell);
  return {
    up: rows[0] ?? "",
    down: rows.at(-1) ?? "",
    left: rows.map((row) => row[0]).join(""),
    right: rows.map((row) => row.at(-1)).join(""),
  };
}

/** [left, up, right, down], as Unicode names them: what stands at each edge. */
const CORNERS = {
  "─": "1010", "━": "2020", "│": "0101", "┃": "0202", "┌": "0011", "┓": "2002", "└": "0110",
  "┛": "2200", "├": "0111", "┫": "2202", "┬": "1011", "┻": "2220", "┼": "1111", "╋": "2222",
  "═": "3030", "║": "0303", "╔": "0033", "╗": "3003", "╚": "0330", "╝": "3300", "╠": "0333",
  "╣": "3303", "╦": "3033", "╩": "3330", "╬": "3333", "╒": "0031", "╜": "1300", "╞": "0131",
  "╢": "1303", "╤": "3031", "╨": "1310", "╪": "3131", "╫": "1313", "╭": "0011", "╮": "1001",
  "╯": "1100", "╰": "0110", "╴": "1000", "╹": "0200", "╼": "1020", "╿": "0201", "╆": "1122",
} as const; // biome-ignore format: a table

describe.each(SIZES)("in a cell of $width × $height pixels", (cell) => {
  const across = ["─", "━", "═"].map((sign) => edges(sign.charCodeAt(0), cell));
  const down = ["│", "┃", "║"].map((sign) => edges(sign.charCodeAt(0), cell));
  const nothing = { up: ".".repeat(cell.width), left: ".".repeat(cell.height) };

  it.each(Object.entries(CORNERS))("%s meets its neighbours", (sign, arms) => {
    const found = edges(sign.charCodeAt(0), cell);
    const [left, up, right, below] = Array.from(arms, Number);
    expect(found.left).toBe(across[(left ?? 0) - 1]?.right ?? nothing.left);
    expect(found.right).toBe(across[(right ?? 0) - 1]?.left ?? nothing.left);
    expect(found.up).toBe(down[(up ?? 0) - 1]?.down ?? nothing.up);
    expect(found.down).toBe(down[(below ?? 0) - 1]?.up ?? nothing.up);
  });

  it("draws single and heavy lines in one piece", () => {
    const pieces = Object.entries(CORNERS).filter(([, arms]) => !arms.includes("3"));
    for (const [sign] of pieces) {
      expect([sign, count(picture(sign.charCodeAt(0), cell))]).toEqual([sign, 1]);
    }
  });

  it("draws double lines without joining them", () => {
    const expected = { "═": 2, "║": 2, "╔": 2, "╠": 3, "╬": 4, "╦": 3, "╤": 2, "╪": 1, "╞": 1 };
    for (const [sign, pieces] of Object.entries(expected)) {
      expect([sign, count(picture(sign.charCodeAt(0), cell))]).toEqual([sign, pieces]);
    }
  });

  it("draws every character, inside its cell", () => {
    for (const code of CODES) {
      const layers = shapeOf(code, cell);
      expect(layers.length).toBeGreaterThan(0);
      for (const layer of layers) {
        if (layer.kind !== "rect") continue;
        expect(layer.x).toBeGreaterThanOrEqual(0);
        expect(layer.y).toBeGreaterThanOrEqual(0);
        expect(layer.x + layer.width).toBeLessThanOrEqual(cell.width);
        expect(layer.y + layer.height).toBeLessThanOrEqual(cell.height);
        expect(Math.min(layer.width, layer.height)).toBeGreaterThan(0);
      }
    }
  });

  it("fills a cell with two halves, or four quarters", () => {
    for (const parts of ["▀▄", "▌▐", "▘▝▖▗", "▛▗", "▚▞", "▙▝", "█"]) {
      const pictures = Array.from(parts, (sign) => picture(sign.charCodeAt(0), cell).join(""));
      const times = Array.from(
        pictures[0] ?? "",
        (_, at) => pictures.filter((one) => one[at] === "#").length,
      );
      expect([parts, Math.min(...times), Math.max(...times)]).toEqual([parts, 1, 1]);
    }
  });

  it("makes eighths larger one by one", () => {
    const area = (code: number) => picture(code, cell).join("").replaceAll(".", "").length;
    const lower = Array.from({ length: 8 }, (_, index) => area(0x2581 + index));
    const left = Array.from({ length: 8 }, (_, index) => area(0x258f - index));
    expect(lower).toEqual([...lower].sort((one, other) => one - other));
    expect(left).toEqual([...left].sort((one, other) => one - other));
    expect(lower.at(-1)).toBe(cell.width * cell.height);
  });

  it("gives a row of one shape in the whole width to what joins sideways", () => {
    for (const code of CODES.filter(joinsSideways)) {
      for (const layer of shapeOf(code, cell)) {
        if (layer.kind === "rect") expect([layer.x, layer.width]).toEqual([0, cell.width]);
      }
    }
  });
});

it("has a shape of another kind for arcs, diagonals and shades only", () => {
  const other = CODES.filter((code) =>
    shapeOf(code, { width: 8, height: 23 }).some(({ kind }) => kind !== "rect"),
  );
  expect(other).toEqual([...ARCS, ...DIAGONALS, ...SHADES]);
});

it("has none for other characters", () => {
  expect(shapeOf(0x24ff, { width: 8, height: 23 })).toEqual([]);
  expect(shapeOf(0x25a0, { width: 8, height: 23 })).toEqual([]);
});

it("writes pixels of the screen as CSS pixels", () => {
  const cell = { width: 12, height: 33 };
  const style = backgroundOfShape(shapeOf("┃".charCodeAt(0), cell), cell, 1.5);
  expect(style).toBe("linear-gradient(currentColor, currentColor) 2px 0px / 4px 23px no-repeat");
});

/** How many pieces there are whose pixels touch. */
function count(rows: readonly string[]): number {
  const left = new Set(rows.flatMap((row, y) => Array.from(row, (_, x) => `${x} ${y}`)));
  for (const place of left) {
    const [x = 0, y = 0] = place.split(" ").map(Number);
    if (rows[y]?.[x] !== "#") left.delete(place);
  }
  let pieces = 0;
  for (const first of left) {
    pieces += 1;
    const open = [first];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (!left.delete(place)) continue;
      const [x = 0, y = 0] = place.split(" ").map(Number);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ]) {
        open.push(`${x + (dx ?? 0)} ${y + (dy ?? 0)}`);
      }
    }
  }
  return pieces;
}
