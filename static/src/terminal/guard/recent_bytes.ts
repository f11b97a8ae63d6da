const SIZE = 4096;
const LEAST = SIZE / 2;
const [BACKSPACE, TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, DELETE] = [8, 9, 10, 13, 32, 127];
const TAB_STOP = 8;
const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** The last bytes that a terminal has parsed: at least 2 KiB of them. */
export class RecentBytes {
  readonly #bytes = new Uint8Array(SIZE);
  #length = 0;
  /** How many there were in all. */
  #end = 0;

  get end(): number {
    return this.#end;
  }

  append(bytes: Uint8Array): void {
    this.#end += bytes.length;
    const added = bytes.length > LEAST ? bytes.subarray(-LEAST) : bytes;
    if (this.#length + added.length > SIZE) {
      const kept = Math.min(LEAST, this.#length);
      this.#bytes.copyWithin(0, this.#length - kept, this.#length);
      this.#length = kept;
    }
    this.#bytes.set(added, this.#length);
    this.#length += added.length;
  }

  /**
   * In which column the kernel believes a tab to begin: the one with number `nth` from offset `from`
   * on. It counts characters and what is visible of control sequences. Null if that is not known.
   */
  kernelColumn(from: number, nth: number): number | null {
    const first = this.#end - this.#length;
    let at = from - first - 1;
    for (let found = 0; found <= nth; found += 1) {
      at = this.#bytes.indexOf(TAB, at + 1);
      if (at < 0 || at >= this.#length) return null;
    }
    const start = this.#bytes.subarray(0, at).lastIndexOf(LINE_FEED) + 1;
    if (from < first || (start === 0 && first > 0)) return null;
    return columnAfter(this.#bytes.subarray(start, at));
  }
}

/** The column of the kernel after a part of a line. */
function columnAfter(line: Uint8Array): number {
  let column = 0;
  for (const byte of line) {
    if (byte === CARRIAGE_RETURN) column = 0;
    else if (byte === BACKSPACE) column = Math.max(0, column - 1);
    else if (byte === TAB) column += TAB_STOP - (column % TAB_STOP);
    else if (byte >= SPACE && byte !== DELETE && !isContinuation(byte)) column += 1;
  }
  return column;
}
