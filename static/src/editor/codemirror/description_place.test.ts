import { describe, expect, it } from "vitest";
import { type Box, descriptionPlace, type Surroundings } from "./description_place";

const PHONE: Box = { left: 0, top: 0, right: 390, bottom: 600 };
const DESKTOP: Box = { left: 0, top: 0, right: 1280, bottom: 800 };

function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

/** Where it is, as the browser would put it. */
function placed(around: Surroundings): Box {
  const style = new Map(
    descriptionPlace(around)
      .split("; ")
      .map((part) => part.split(": ") as [string, string]),
  );
  const px = (name: string) => Number.parseFloat(style.get(name) ?? "NaN");
  const { list, info } = around;
  const width = Math.min(info.right - info.left, px("max-width"));
  const height = Math.min(
    info.bottom - info.top,
    style.has("max-height") ? px("max-height") : Number.POSITIVE_INFINITY,
  );
  const left =
    style.get("left") === "100%"
      ? list.right
      : style.get("right") === "100%"
        ? list.left - width
        : list.left + px("left");
  const top = style.has("top") ? list.top + px("top") : list.bottom - px("bottom") - height;
  return box(left, top, width, height);
}

function meet(one: Box, other: Pick<Box, "top" | "bottom">, sides: Box = one): boolean {
  const across = one.left < sides.right && sides.left < one.right;
  return across && one.top < other.bottom && other.top < one.bottom;
}

const lineAbove = (list: Box) => ({ top: list.top - 24, bottom: list.top });
const lineBelow = (list: Box) => ({ top: list.bottom, bottom: list.bottom + 24 });

describe("the description of a suggestion", () => {
  it.each([
    ["below the line, with room below", box(40, 100, 200, 160), "below"],
    ["below the line, at the right edge", box(180, 100, 200, 160), "below"],
    ["below the line, near the bottom", box(40, 420, 200, 160), "below"],
    ["above the line, near the bottom", box(40, 380, 200, 160), "above"],
    ["above the line, near the top", box(40, 10, 200, 160), "above"],
  ])("on a phone covers neither list nor line: a list %s", (_, list, where) => {
    const line = where === "below" ? lineAbove(list) : lineBelow(list);
    for (const height of [30, 120, 900]) {
      for (const width of [80, 300, 700]) {
        const option = box(list.left, list.top, 200, 28);
        const info = box(0, 0, width, height);
        const found = placed({ list, option, info, space: PHONE, line });
        expect(meet(found, list, list)).toBe(false);
        expect(meet(found, line)).toBe(false);
        expect(found.left).toBeGreaterThanOrEqual(0);
        expect(found.right).toBeLessThanOrEqual(PHONE.right);
        expect(found.top).toBeGreaterThanOrEqual(0);
        expect(found.bottom).toBeLessThanOrEqual(PHONE.bottom);
        expect(found.bottom - found.top).toBeGreaterThanOrEqual(30);
      }
    }
  });

  it("is beside the list where there is room, at the chosen suggestion", () => {
    const list = box(100, 100, 200, 160);
    const option = box(100, 156, 200, 28);
    const around = {
      list,
      option,
      info: box(0, 0, 300, 90),
      space: DESKTOP,
      line: lineAbove(list),
    };
    expect(placed(around)).toEqual(box(300, 156, 300, 90));
    const right = box(1000, 100, 200, 160);
    const found = placed({ ...around, list: right, option: box(1000, 156, 200, 28) });
    expect(found).toEqual(box(700, 156, 300, 90));
  });

  it("is not lower than the screen", () => {
    const list = box(100, 600, 200, 160);
    const around = { list, option: box(100, 720, 200, 28), info: box(0, 0, 300, 200) };
    const found = placed({ ...around, space: DESKTOP, line: lineAbove(list) });
    expect(found.bottom).toBe(800);
  });
});
