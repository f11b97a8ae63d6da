import type { IBuffer, IBufferCell, IBufferLine } from "@xterm/xterm";

/** A cell of a terminal, counted from 0. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** A line as a program printed it, which may fill several rows. */
export interface LogicalLine {
  readonly text: string;
  /** The cell of the character at an offset of `text`. */
  cellAt(offset: number): Cell;
}

/**
 * The line to which a row belongs; null if it is longer than `most` characters. Reads no more rows than
 * that: a program can fill the whole buffer with one line.
 */
export function logicalLine(buffer: IBuffer, row: number, most: number): LogicalLine | null {
  let first = row;
  let cells = 0;
  while (buffer.getLine(first)?.isWrapped && first > 0) {
    first -= 1;
    cells += buffer.getLine(first)?.length ?? 0;
    if (cells > most) return null;
  }
  const reader = new LineReader();
  for (let y = first; ; y += 1) {
    const line = buffer.getLine(y);
    if (!line || (y > first && !line.isWrapped)) break;
    reader.read(line, y, buffer);
    if (reader.text.length > most) return null;
  }
  return reader;
}

/** A line of the end of the output, its first row and how many rows it has. */
export interface LastLine {
  readonly text: string;
  readonly row: number;
  readonly rows: number;
}

/** The last `count` lines, without empty ones at the end; of longer ones than `most` no text. */
export function lastLogicalLines(buffer: IBuffer, count: number, most: number): LastLine[] {
  const lines: LastLine[] = [];
  let rows = 0;
  for (let row = buffer.length - 1; row >= 0 && lines.length < count; row -= 1) {
    rows += 1;
    if (buffer.getLine(row)?.isWrapped) continue;
    const text = logicalLine(buffer, row, most)?.text.trimEnd() ?? "";
    if (text !== "" || lines.length > 0) lines.push({ text, row, rows });
    rows = 0;
  }
  return lines.reverse();
}

export function lastLines(buffer: IBuffer, count: number, most: number): string[] {
  return lastLogicalLines(buffer, count, most).map(({ text }) => text);
}

/** Whether that cell is empty because the next character, of two columns, had no room there. */
export function leavesRoom(line: IBufferLine, next: IBufferLine | undefined, x: number): boolean {
  if (x !== line.length - 1 || !next?.isWrapped || next.getCell(0)?.getWidth() !== 2) return false;
  return line.getCell(x)?.getChars() === "";
}

class LineReader implements LogicalLine {
  text = "";
  readonly #cells: Cell[] = [];
  #cell: IBufferCell | undefined;

  /** Wide characters take two cells, of which the second has none; some take several units. */
  read(line: IBufferLine, y: number, buffer: IBuffer): void {
    this.#cell ??= buffer.getNullCell();
    for (let x = 0; x < line.length; x += 1) {
      const cell = line.getCell(x, this.#cell);
      if (!cell || cell.getWidth() === 0) continue;
      const characters = cell.getChars() || (leavesRoom(line, buffer.getLine(y + 1), x) ? "" : " ");
      for (let unit = 0; unit < characters.length; unit += 1) this.#cells.push({ x, y });
      this.text += characters;
    }
  }

  cellAt(offset: number): Cell {
    return this.#cells[Math.min(offset, this.#cells.length - 1)] ?? { x: 0, y: 0 };
  }
}
