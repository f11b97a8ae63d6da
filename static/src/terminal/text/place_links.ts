import type { IBufferRange, ILink, Terminal } from "@xterm/xterm";
import { LONGEST_LINE, type Place, type PlaceFinder } from "../../common/languages/places";
import { logicalLine } from "./logical_lines";

/** What links need to know: which places there are, and what to do with one that was chosen. */
export interface PlaceUser {
  /** For what is shown now; null: it names no places. */
  finder(): PlaceFinder | null;
  chosen(place: Place): void;
}

/**
 * Makes links of the places in the program's files that its output names. They lead to nothing else:
 * a program may print anything.
 */
export function linkPlaces(terminal: Terminal, user: PlaceUser): void {
  terminal.registerLinkProvider({
    provideLinks(row, callback) {
      callback(linksOf(terminal, row - 1, user));
    },
  });
}

function linksOf(terminal: Terminal, row: number, user: PlaceUser): ILink[] | undefined {
  const finder = user.finder();
  const line = finder && logicalLine(terminal.buffer.active, row, LONGEST_LINE);
  if (!line) return undefined;
  return finder.find(line.text).map((place) => {
    const [start, end] = [line.cellAt(place.start), line.cellAt(place.end - 1)];
    const wide = terminal.buffer.active.getLine(end.y)?.getCell(end.x)?.getWidth() === 2;
    const range: IBufferRange = {
      start: { x: start.x + 1, y: start.y + 1 },
      end: { x: end.x + (wide ? 2 : 1), y: end.y + 1 },
    };
    const text = line.text.slice(place.start, place.end);
    return { range, text, activate: () => user.chosen(place) };
  });
}
