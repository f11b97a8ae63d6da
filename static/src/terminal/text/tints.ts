import type { IDisposable, ITheme, Terminal } from "@xterm/xterm";
import { LONGEST_LINE } from "../../common/languages/places";
import { type LastLine, lastLogicalLines } from "./logical_lines";

/** How a line is drawn: what matters less, and what has failed. */
export type Tint = "dim" | "bad";
/** Which of the last lines are drawn otherwise: by their index. */
export type TintReader = (lines: readonly string[]) => ReadonlyMap<number, Tint>;

/**
 * Draws lines of a terminal in other colours, without a change of its text. Rows move when the size
 * changes, and colours with the theme: then the lines are read again.
 */
export class Tints {
  readonly #terminal: Terminal;
  readonly #theme: () => ITheme;
  readonly #most: number;
  #shown: IDisposable[] = [];
  #read: TintReader | null = null;

  /** `most`: of the last lines so many are read. */
  constructor(terminal: Terminal, theme: () => ITheme, most: number) {
    this.#terminal = terminal;
    this.#theme = theme;
    this.#most = most;
    terminal.onResize(() => this.refresh());
  }

  show(read: TintReader): void {
    this.#read = read;
    this.refresh();
  }

  clear(): void {
    this.#read = null;
    this.#remove();
  }

  refresh(): void {
    this.#remove();
    const { active, normal } = this.#terminal.buffer;
    if (!this.#read || active.type !== "normal") return;
    const lines = lastLogicalLines(normal, this.#most, LONGEST_LINE);
    const tints = this.#read(lines.map(({ text }) => text));
    for (const [index, tint] of tints) {
      const line = lines[index];
      if (line) this.#draw(line, tint);
    }
  }

  #draw({ row, rows }: LastLine, tint: Tint): void {
    const { active } = this.#terminal.buffer;
    const { red, brightBlack } = this.#theme();
    const foregroundColor = tint === "bad" ? red : brightBlack;
    if (foregroundColor === undefined) return;
    for (let each = row; each < row + rows; each += 1) {
      const marker = this.#terminal.registerMarker(each - active.baseY - active.cursorY);
      const width = this.#terminal.cols;
      const drawn = this.#terminal.registerDecoration({ marker, width, foregroundColor });
      this.#shown.push(marker);
      if (drawn) this.#shown.push(drawn);
    }
  }

  #remove(): void {
    for (const one of this.#shown.splice(0)) one.dispose();
  }
}
