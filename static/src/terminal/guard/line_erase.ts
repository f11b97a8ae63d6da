import type { Terminal } from "@xterm/xterm";
import { textWidth } from "../../common/screen/character_widths";
import { dropUnseen } from "./bounds";
import type { BufferLine, CellLook, InputHandler } from "./internals";

const SPACE = 0x20;
const EMPTY = 0;

/** A cell as it was before something was printed over it. */
interface Cell {
  readonly column: number;
  readonly text: string;
  readonly width: number;
  readonly look: CellLook;
}

/** Where the cursor was before an erasure began, and the cells that it may print over. */
interface Before {
  readonly line: BufferLine;
  readonly row: number;
  readonly column: number;
  /** Null where the space erases all that has to be erased. */
  readonly cells: readonly Cell[] | null;
}

/**
 * Who types a line into a program's terminal sees the echo of the kernel, which erases a code point
 * by going back one column, a space, and going back again, however wide it is. This makes
 * the three take back what the last code point before the cursor has put on the screen: both columns
 * of a wide character, a mark without its letter, the last character of the row above.
 */
export class LineErase {
  readonly #terminal: Terminal;
  readonly #input: InputHandler;
  #before: Before | null = null;
  /** Where the cursor must be for the next of the three. */
  #expected: { row: number; column: number } | null = null;
  #spaced = false;

  constructor(terminal: Terminal, input: InputHandler) {
    this.#terminal = terminal;
    this.#input = input;
    const [back, print] = [input.backspace.bind(input), input.print.bind(input)];
    input.backspace = () => this.#back(back);
    input.print = (data, start, end) => {
      if (this.#before) this.#note(end - start === 1 && data[start] === SPACE);
      print(data, start, end);
      if (this.#before) this.#expect();
    };
  }

  /** A space between two steps back. */
  #note(space: boolean): void {
    if (space && !this.#spaced && this.#asExpected()) this.#spaced = true;
    else this.#before = null;
  }

  #back(original: () => boolean): boolean {
    const before = this.#before;
    if (before && this.#spaced && this.#asExpected()) {
      this.#before = null;
      const handled = original();
      this.#erase(before);
      return handled;
    }
    this.#before = this.#look();
    this.#spaced = false;
    const handled = original();
    this.#expect();
    return handled;
  }

  #expect(): void {
    const { x, y, ybase } = this.#input._activeBuffer;
    this.#expected = { row: ybase + y, column: x };
  }

  #asExpected(): boolean {
    const { x, y, ybase } = this.#input._activeBuffer;
    const expected = this.#expected;
    return expected !== null && expected.row === ybase + y && expected.column === x;
  }

  /** What stands before the cursor; null where nothing can be taken back. */
  #look(): Before | null {
    const { x, y, ybase, lines } = this.#input._activeBuffer;
    const line = lines.get(ybase + y);
    const { modes, decPrivateModes } = this.#input._coreService;
    if (!line || modes.insertMode || decPrivateModes.reverseWraparound) return null;
    if (x === 0 && !line.isWrapped) return null;
    const first = Math.max(0, x - 2);
    const plain = x > 1 && x < this.#terminal.cols && isPlain(line, x - 1) && isPlain(line, x - 2);
    const row = ybase + y;
    return { line, row, column: x, cells: plain ? null : this.#cells(line, row, first) };
  }

  #cells(line: BufferLine, row: number, first: number): Cell[] {
    return [first, first + 1].map((column) => ({
      column,
      text: line.getString(column),
      width: line.getWidth(column),
      look: this.#lookOf(row, column),
    }));
  }

  #lookOf(row: number, column: number): CellLook {
    const cell = this.#terminal.buffer.active.getLine(row)?.getCell(column);
    return (cell as unknown as CellLook | undefined) ?? this.#input._curAttrData;
  }

  #erase({ line, row, column, cells }: Before): void {
    const buffer = this.#input._activeBuffer;
    if (buffer.lines.get(row) !== line) return;
    if (!cells) {
      this.#blank(line, column - 1, column);
      return;
    }
    for (const cell of cells) put(line, cell.column, cell.text, cell.width, cell.look);
    if (column > 0) buffer.x = this.#takeBack(line, row, column);
    else if (buffer.y > buffer.scrollTop) this.#takeBackAbove(line, row);
    else buffer.x = 0;
    this.#input._dirtyRowTracker.markDirty(buffer.y);
  }

  /** The row above is the same line of text: the cursor goes there. */
  #takeBackAbove(line: BufferLine, row: number): void {
    const buffer = this.#input._activeBuffer;
    const above = buffer.lines.get(row - 1);
    if (!above) return;
    line.isWrapped = false;
    buffer.y -= 1;
    const { cols } = this.#terminal;
    // A wide character that did not fit has left the last cell empty.
    const end =
      above.getString(cols - 1) === "" && above.getWidth(cols - 1) === 1 ? cols - 1 : cols;
    buffer.x = this.#takeBack(above, row - 1, end);
  }

  /** Takes back the last code point before `end`; returns where the cursor then is. */
  #takeBack(line: BufferLine, row: number, end: number): number {
    const wide = end > 1 && line.getWidth(end - 1) === 0;
    const start = wide ? end - 2 : end - 1;
    if (dropUnseen(line, start)) return end;
    const signs = Array.from(line.getString(start)).slice(0, -1);
    const text = signs.join("");
    const width = signs.length > 0 ? Math.max(1, textWidth(text)) : 0;
    if (width > 0) put(line, start, text, width, this.#lookOf(row, start));
    this.#blank(line, start + width, end);
    return start + width;
  }

  /** What was erased at the end of a row is as if it had never been there. */
  #blank(line: BufferLine, from: number, to: number): void {
    const blank = line.getTrimmedLength() <= to ? EMPTY : SPACE;
    for (let at = from; at < to; at += 1) {
      line.setCellFromCodepoint(at, blank, 1, this.#input._curAttrData);
    }
  }
}

/** Erasing it by a space is right. */
function isPlain(line: BufferLine, column: number): boolean {
  return line.getWidth(column) === 1 && line.getString(column).length < 2;
}

function put(line: BufferLine, column: number, text: string, width: number, look: CellLook): void {
  const [first = 0, ...others] = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  line.setCellFromCodepoint(column, first, width, look);
  for (const code of others) line.addCodepointToCell(column, code, 0);
  if (width === 2) line.setCellFromCodepoint(column + 1, 0, 0, look);
}
