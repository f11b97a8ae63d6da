/** As CodeMirror gives them, in px of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Surroundings {
  /** The list of suggestions, and the chosen one in it. */
  readonly list: Box;
  readonly option: Box;
  /** The description, as large as it would like to be or was made before. */
  readonly info: Box;
  /** What the editor may cover. */
  readonly space: Box;
  /** The line in which the word stands that is being completed. */
  readonly line: Pick<Box, "top" | "bottom">;
}

const WIDEST = 400;
const MARGIN = 4;

/**
 * Where the description of a suggestion is shown, as a style relative to the list: beside the list,
 * or, on narrow screens, below or above it. It covers no other suggestion, and not the line of the
 * cursor.
 */
export function descriptionPlace(around: Surroundings): string {
  const { list, info, space } = around;
  const width = Math.min(info.right - info.left, WIDEST);
  const [left, right] = [list.left - space.left, space.right - list.right];
  const side = right >= width || right >= left ? "right" : "left";
  const room = side === "right" ? right : left;
  return room >= width ? beside(around, side, room) : belowOrAbove(around, width);
}

function beside({ list, option, info, space, line }: Surroundings, side: string, room: number) {
  const under = line.top < list.top;
  const first = under ? line.bottom : space.top;
  const last = under ? space.bottom : line.top;
  const top = Math.max(first, Math.min(option.top, last - (info.bottom - info.top)));
  const across = side === "right" ? "left: 100%" : "right: 100%";
  const widest = Math.min(room, WIDEST);
  return `${across}; top: ${top - list.top}px; max-width: ${widest}px; max-height: ${last - top}px`;
}

function belowOrAbove({ list, info, space, line }: Surroundings, width: number): string {
  const widest = Math.min(WIDEST, space.right - space.left - 2 * MARGIN);
  const left = Math.min(0, space.right - MARGIN - list.left - Math.min(width, widest));
  const top = Math.min(list.top, line.top);
  const bottom = Math.max(list.bottom, line.bottom);
  const room = { below: space.bottom - bottom, above: top - space.top };
  const below = room.below >= info.bottom - info.top || room.below >= room.above;
  const down = below ? `top: ${bottom - list.top}px` : `bottom: ${list.bottom - top}px`;
  const height = below ? room.below : room.above;
  return `left: ${left}px; ${down}; max-width: ${widest}px; max-height: ${height}px`;
}
