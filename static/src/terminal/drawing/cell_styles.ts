import type { Cell, Layer } from "./layers";

/** Style declarations that draw a shape in the text's colour. `ratio`: pixels of the screen per CSS pixel. */
export function backgroundOfShape(layers: readonly Layer[], cell: Cell, ratio: number): string {
  const px = (pixels: number) => `${Math.round((pixels / ratio) * 10_000) / 10_000}px`;
  // What ends at an edge goes on beyond it, where it is cut off: browsers round the edges of elements.
  const upTo = (edge: number, at: number, size: number) =>
    at + size === edge ? px(size + ratio) : px(size);
  const box = (x: number, y: number, width: number, height: number) => {
    const across = width === cell.width ? "100%" : upTo(cell.width, x, width);
    return `${px(x)} ${px(y)} / ${across} ${upTo(cell.height, y, height)} no-repeat`;
  };
  const draw = (layer: Layer): string => {
    switch (layer.kind) {
      case "rect":
        return `${SOLID} ${box(layer.x, layer.y, layer.width, layer.height)}`;
      case "arc":
        return `${ring(layer, px)} ${box(...layer.box)}`;
      case "diagonal":
        return `${line(layer, px)} 0 0 / 100% 100% no-repeat`;
      case "shade":
        return shade(layer.quarters, px(2 * dot(ratio)));
    }
  };
  return layers.map(draw).join(", ");
}

const SOLID = "linear-gradient(currentColor, currentColor)";

type Pixels = (pixels: number) => string;
type Of<K extends Layer["kind"]> = Extract<Layer, { kind: K }>;

function ring({ centre: [x, y], inner, outer }: Of<"arc">, px: Pixels): string {
  const soft = 0.5;
  const stops = [
    `transparent ${px(inner - soft)}`,
    `currentColor ${px(inner + soft)} ${px(outer - soft)}`,
    `transparent ${px(outer + soft)}`,
  ];
  return `radial-gradient(circle at ${px(x)} ${px(y)}, ${stops.join(", ")})`;
}

/** From corner to corner: there the colour in the middle of such a gradient lies. */
function line({ rising, thickness }: Of<"diagonal">, px: Pixels): string {
  const [half, soft] = [px(thickness / 2), px(thickness / 2 + 1)];
  const stops = [
    `transparent calc(50% - ${soft})`,
    `currentColor calc(50% - ${half}) calc(50% + ${half})`,
    `transparent calc(50% + ${soft})`,
  ];
  return `linear-gradient(to bottom ${rising ? "right" : "left"}, ${stops.join(", ")})`;
}

function shade(quarters: 1 | 2 | 3, size: string): string {
  // Two of four pixels are those on the diagonal.
  const stops =
    quarters === 2
      ? "currentColor 25%, transparent 0 50%"
      : `currentColor ${quarters * 25}%, transparent 0`;
  const kind = quarters === 2 ? "repeating-conic-gradient" : "conic-gradient";
  return `${kind}(${stops}) 0 0 / ${size} ${size}`;
}

/** The pixels of one dot of a shade, as large on every screen. */
function dot(ratio: number): number {
  return Math.max(1, Math.round(ratio));
}
