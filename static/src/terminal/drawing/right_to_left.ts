import { isRightToLeft, RIGHT_TO_LEFT, textWidth } from "../../common/screen/character_widths";
import type { Internals, Renderer } from "../guard/internals";

const LETTER = RIGHT_TO_LEFT.map(
  ([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`,
).join("");
/** With marks, digits and punctuation; not with the borders of tables, nor two spaces, which stand between columns. */
const WORD = `[${LETTER}][${LETTER}\\p{M}\\p{N}'".,:;!?()%/-]*`;
const RUN = new RegExp(`${WORD}(?: (?:${WORD}|\\p{N}[\\p{N}.,:%/-]*))*`, "gu");

/** The parts of a row that are read from right to left, as `[start, end)`. */
export function rightToLeftRuns(text: string): [number, number][] {
  return Array.from(text.matchAll(RUN), ({ 0: run, index }) => [index, index + run.length]);
}

/**
 * xterm.js draws one cell after the other from left to right. Words of scripts that are written from
 * right to left are drawn as one piece instead, by the browser, in the cells that they take.
 */
export function drawRightToLeft(internals: Internals): void {
  const service = internals._renderService;
  if (!service) throw new Error("the terminal is not open");
  const width = () => service.dimensions.css.cell.width;
  adapt(service._renderer.value, width);
  const set = service.setRenderer.bind(service);
  service.setRenderer = (renderer) => {
    adapt(renderer, width);
    set(renderer);
  };
  internals.registerCharacterJoiner(rightToLeftRuns);
}

/** Only the renderer that uses the DOM makes elements of rows; WebGL draws joined cells right. */
function adapt(renderer: Renderer | undefined, cellWidth: () => number): void {
  const factory = renderer?._rowFactory;
  if (!factory) return;
  const create = factory.createRow.bind(factory);
  factory.createRow = (...given) => {
    const elements = create(...given);
    for (const element of elements) place(element, cellWidth());
    return elements;
  };
}

/** In exactly its cells: its letters are as wide as their font makes them. */
function place(element: HTMLElement, cellWidth: number): void {
  const text = element.textContent ?? "";
  if (!isRightToLeft(text)) return;
  element.style.letterSpacing = "0";
  element.style.width = `${textWidth(text) * cellWidth}px`;
  if (isRightToLeft(text.charAt(0))) element.style.direction = "rtl";
}
