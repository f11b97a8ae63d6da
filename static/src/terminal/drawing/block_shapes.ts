import { type Cell, type Layer, rect } from "./layers";

/** Quadrants: upper left 1, upper right 2, lower left 4, lower right 8. From U+2596 on. */
const QUADRANTS = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

/** The block elements, U+2580 to U+259F. */
export function blockShape(code: number, { width, height }: Cell): readonly Layer[] {
  const part = (size: number, eighths: number) =>
    Math.min(size, Math.max(1, Math.round((size * eighths) / 8)));
  const lower = (eighths: number) => {
    const tall = part(height, eighths);
    return [rect(0, height - tall, width, tall)];
  };
  if (code === 0x2580) return [rect(0, 0, width, height - part(height, 4))];
  if (code <= 0x2588) return lower(code - 0x2580);
  if (code <= 0x258f) return [rect(0, 0, part(width, 0x2590 - code), height)];
  if (code === 0x2590) return [rect(part(width, 4), 0, width - part(width, 4), height)];
  if (code <= 0x2593) return [{ kind: "shade", quarters: (code - 0x2590) as 1 | 2 | 3 }];
  if (code === 0x2594) return [rect(0, 0, width, part(height, 1))];
  if (code === 0x2595) return [rect(width - part(width, 1), 0, part(width, 1), height)];
  return quadrants(QUADRANTS[code - 0x2596] ?? 0, part(width, 4), height - part(height, 4), {
    width,
    height,
  });
}

/** `x` and `y`: where they meet. */
function quadrants(bits: number, x: number, y: number, { width, height }: Cell): Layer[] {
  const all = [
    rect(0, 0, x, y),
    rect(x, 0, width - x, y),
    rect(0, y, x, height - y),
    rect(x, y, width - x, height - y),
  ];
  return all.filter((_, index) => bits & (1 << index));
}
