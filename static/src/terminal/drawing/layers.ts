export interface Cell {
  readonly width: number;
  readonly height: number;
}

export type Layer =
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  /** A quarter of a ring around a centre, as much of it as lies in the box. */
  | {
      readonly kind: "arc";
      readonly centre: readonly [number, number];
      readonly inner: number;
      readonly outer: number;
      readonly box: readonly [x: number, y: number, width: number, height: number];
    }
  | { readonly kind: "diagonal"; readonly rising: boolean; readonly thickness: number }
  /** So many of four pixels. */
  | { readonly kind: "shade"; readonly quarters: 1 | 2 | 3 };

export function rect(x: number, y: number, width: number, height: number): Layer {
  return { kind: "rect", x, y, width, height };
}
