import type { IBufferCell, ITheme, Terminal } from "@xterm/xterm";
import { ANSI_COLOURS } from "../theme";

/** The xterm palette after the first 16: a cube of 6 × 6 × 6 colours, then 24 greys. */
const CUBE = [0, 95, 135, 175, 215, 255];
const FIRST_GREY = 232;

/**
 * The colour that a full-screen program has given all four corners; null if there is none. The frame
 * around the terminal takes it, or such a program would have an uneven margin in another colour.
 */
export function colourOfProgram(terminal: Terminal, theme: ITheme): string | null {
  const { active } = terminal.buffer;
  if (active.type !== "alternate") return null;
  const [right, bottom] = [terminal.cols - 1, terminal.rows - 1];
  const places = [
    [0, 0],
    [right, 0],
    [0, bottom],
    [right, bottom],
  ] as const;
  const colours = places.map(([x, y]) => {
    const cell = active.getLine(active.viewportY + y)?.getCell(x);
    return cell ? backgroundOf(cell, theme) : null;
  });
  const [first = null] = colours;
  return colours.every((colour) => colour === first) ? first : null;
}

type Colours = Pick<
  IBufferCell,
  "getBgColor" | "getFgColor" | "isBgPalette" | "isBgRGB" | "isFgPalette" | "isFgRGB" | "isInverse"
>;

/** As CSS writes it; null is the terminal's own background. */
export function backgroundOf(cell: Colours, theme: ITheme): string | null {
  if (cell.isInverse()) {
    if (cell.isFgRGB()) return hex(cell.getFgColor());
    return cell.isFgPalette()
      ? paletteColour(cell.getFgColor(), theme)
      : (theme.foreground ?? null);
  }
  if (cell.isBgRGB()) return hex(cell.getBgColor());
  return cell.isBgPalette() ? paletteColour(cell.getBgColor(), theme) : null;
}

function paletteColour(index: number, theme: ITheme): string | null {
  const name = ANSI_COLOURS[index];
  if (name) return theme[name] ?? null;
  if (index >= FIRST_GREY) return rgb(...grey(index));
  const at = index - ANSI_COLOURS.length;
  return rgb(level(at / 36), level(at / 6), level(at));
}

function grey(index: number): [number, number, number] {
  const value = 8 + 10 * (index - FIRST_GREY);
  return [value, value, value];
}

function level(index: number): number {
  return CUBE[Math.floor(index) % CUBE.length] ?? 0;
}

function rgb(red: number, green: number, blue: number): string {
  return hex((red << 16) | (green << 8) | blue);
}

function hex(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}
