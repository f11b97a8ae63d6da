import { blockShape } from "./block_shapes";
import { type Cell, type Layer, rect } from "./layers";

// The shapes of box and block characters (U+2500 to U+259F) in a cell, in pixels of the screen. Lines
// reach the edges of the cell, so that they meet those of its neighbours.

const FIRST = 0x2500;
const LAST = 0x259f;

export function isBox(code: number): boolean {
  return code >= FIRST && code <= LAST;
}

/** Whether text contains a box or block character. */
export const HAS_BOX = /[\u2500-\u259f]/;
/** Text in runs: of one box or block character, or of others. */
export const RUNS = /([\u2500-\u259f])\1*|[^\u2500-\u259f]+/g;

/**
 * The lines from the centre to the left, up, right and down edge, for each character from U+2500 on:
 * 0 none, 1 light, 2 heavy, 3 double. `----`: drawn in another way.
 */
const ARMS =
  "1010 2020 0101 0202 ---- ---- ---- ---- ---- ---- ---- ---- 0011 0021 0012 0022 " +
  "1001 2001 1002 2002 0110 0120 0210 0220 1100 2100 1200 2200 0111 0121 0211 0112 " +
  "0212 0221 0122 0222 1101 2101 1201 1102 1202 2201 2102 2202 1011 2011 1021 2021 " +
  "1012 2012 1022 2022 1110 2110 1120 2120 1210 2210 1220 2220 1111 2111 1121 2121 " +
  "1211 1112 1212 2211 1221 2112 1122 2221 2122 2212 1222 2222 ---- ---- ---- ---- " +
  "3030 0303 0031 0013 0033 3001 1003 3003 0130 0310 0330 3100 1300 3300 0131 0313 " +
  "0333 3101 1303 3303 3031 1013 3033 3130 1310 3330 3131 1313 3333 ---- ---- ---- " +
  "---- ---- ---- ---- 1000 0100 0010 0001 2000 0200 0020 0002 1020 0102 2010 0201";

type Arms = readonly [left: number, up: number, right: number, down: number];
const ARMS_OF: readonly (Arms | null)[] = ARMS.split(" ").map((arms) =>
  arms === "----" ? null : (Array.from(arms, Number) as unknown as Arms),
);

const DOUBLE = 3;
/** Which edges an arc joins: [right, down]; the others are left and up. */
const ARCS: Readonly<Record<number, readonly [boolean, boolean]>> = {
  9581: [true, true],
  9582: [false, true],
  9583: [false, false],
  9584: [true, false],
};
export function shapeOf(code: number, cell: Cell): readonly Layer[] {
  if (!isBox(code)) return [];
  if (code >= 0x2580) return blockShape(code, cell);
  const arms = ARMS_OF[code - FIRST];
  if (arms) return lines(arms, cell);
  const arc = ARCS[code];
  if (arc) return rounded(arc, cell);
  return code > 0x2570 ? diagonals(code, cell) : dashes(code, cell);
}

/** Whether several of them beside each other are one shape of that width. */
export function joinsSideways(code: number): boolean {
  if (code === 0x2500 || code === 0x2501 || code === 0x2550) return true;
  return (code >= 0x2580 && code <= 0x2588) || (code >= 0x2591 && code <= 0x2594);
}

function light({ width }: Cell): number {
  return Math.max(1, Math.round(width / 8));
}

function thicknessOf(weight: number, cell: Cell): number {
  if (weight === 0) return 0;
  const one = light(cell);
  return weight === 1 ? one : 3 * one;
}

/** The first pixel of a line of that thickness in the middle. */
function middle(size: number, thickness: number): number {
  return Math.floor((size - thickness) / 2);
}

function lines(arms: Arms, cell: Cell): Layer[] {
  const turned: Arms = [arms[1], arms[0], arms[3], arms[2]];
  const across = arm(arms, cell, cell.width, cell.height);
  const down = arm(turned, cell, cell.height, cell.width);
  return [
    ...across.map(([from, to, at, thick]) => rect(from, at, to - from, thick)),
    ...down.map(([from, to, at, thick]) => rect(at, from, thick, to - from)),
  ];
}

type Stroke = readonly [from: number, to: number, at: number, thickness: number];

/** The lines to both sides, seen as if they were horizontal: `before` is left, `above` is up. */
function arm(arms: Arms, cell: Cell, length: number, breadth: number): Stroke[] {
  const [before, above, after, below] = arms;
  if (before === after && above + below === 0) {
    return strokes(before, cell, breadth).map(({ at, thick }) => [0, length, at, thick]);
  }
  const back = side([after, above, before, below], cell, length, breadth, true);
  return [...side(arms, cell, length, breadth, false), ...back];
}

/** How far the two lines of a double one are from the middle; they do not touch the next cell. */
function spread(cell: Cell): number {
  const thick = light(cell);
  return Math.max(thick, Math.min(2 * thick, middle(cell.width, thick) - 1));
}

/** Across the line: where it lies. */
function strokes(weight: number, cell: Cell, breadth: number) {
  if (weight === 0) return [];
  const thick = weight === DOUBLE ? light(cell) : thicknessOf(weight, cell);
  const at = middle(breadth, thick);
  const places = weight === DOUBLE ? [at - spread(cell), at + spread(cell)] : [at];
  return places.map((place) => ({ at: place, thick }));
}

/** The lines from one edge to the middle or beyond; `mirrored`: from the other edge. */
function side(arms: Arms, cell: Cell, length: number, breadth: number, mirrored: boolean) {
  const [weight, above, opposite, below] = arms;
  /** How far it is from the edge to the end of a crossing line of that thickness. */
  const beyond = (thick: number) =>
    (mirrored ? length - middle(length, thick) - thick : middle(length, thick)) + thick;
  const one = light(cell);
  const [near, centre, far] = [-1, 0, 1].map((lines) => beyond(one) + lines * spread(cell)) as [
    number,
    number,
    number,
  ];
  const ends = (): number[] => {
    if (weight === DOUBLE) {
      const end = (mine: number, other: number) =>
        mine === DOUBLE ? near : other === DOUBLE ? far : centre;
      return [end(above, below), end(below, above)];
    }
    if (above !== DOUBLE && below !== DOUBLE) {
      return [beyond(Math.max(thicknessOf(above, cell), thicknessOf(below, cell)))];
    }
    if (opposite > 0) return [centre];
    // At the near line of a double one that goes on, and at the far one of a corner.
    return [above === below ? near : far];
  };
  const reach = ends();
  return strokes(weight, cell, breadth).map(({ at, thick }, index): Stroke => {
    const end = reach[index] ?? centre;
    return mirrored ? [length - end, length, at, thick] : [0, end, at, thick];
  });
}

/** Three, four or two dashes; in each group light and heavy ones, across and then down. */
function dashes(code: number, cell: Cell): Layer[] {
  const count = code >= 0x254c ? 2 : code >= 0x2508 ? 4 : 3;
  const [vertical, heavy] = [(code & 2) !== 0, (code & 1) !== 0];
  const length = vertical ? cell.height : cell.width;
  const thick = thicknessOf(heavy ? 2 : 1, cell);
  const at = middle(vertical ? cell.width : cell.height, thick);
  const gap = Math.max(1, Math.floor(length / count / 3));
  return Array.from({ length: count }, (_, index) => {
    const from = Math.round((length * index) / count) + Math.floor(gap / 2);
    const to = Math.round((length * (index + 1)) / count) - Math.ceil(gap / 2);
    const size = Math.max(1, to - from);
    return vertical ? rect(at, from, thick, size) : rect(from, at, size, thick);
  });
}

function rounded([right, down]: readonly [boolean, boolean], cell: Cell): Layer[] {
  const { width, height } = cell;
  const thick = light(cell);
  const [x, y] = [middle(width, thick), middle(height, thick)];
  // The ring meets the lines where they are: half a line's thickness beside the centre.
  const radius = Math.min(right ? width - x : x + thick, down ? height - y : y + thick);
  const [cx, cy] = [
    right ? x + radius : x + thick - radius,
    down ? y + radius : y + thick - radius,
  ];
  const layers: Layer[] = [
    {
      kind: "arc",
      centre: [right ? radius : 0, down ? radius : 0],
      inner: radius - thick,
      outer: radius,
      box: [Math.min(cx, right ? x : cx), Math.min(cy, down ? y : cy), radius, radius],
    },
  ];
  const [tall, wide] = [down ? height - cy : cy, right ? width - cx : cx];
  if (tall > 0) layers.push(rect(x, down ? cy : 0, thick, tall));
  if (wide > 0) layers.push(rect(right ? cx : 0, y, wide, thick));
  return layers;
}

function diagonals(code: number, cell: Cell): Layer[] {
  const thickness = light(cell);
  const rising: Layer = { kind: "diagonal", rising: true, thickness };
  const falling: Layer = { kind: "diagonal", rising: false, thickness };
  if (code === 0x2571) return [rising];
  return code === 0x2572 ? [falling] : [rising, falling];
}
