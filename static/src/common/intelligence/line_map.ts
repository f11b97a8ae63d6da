/** A place in a text as language servers name it: both from 0, `character` in UTF-16 units. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export interface LineRange {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

/** Where the lines of a text begin. Lines end at "\n": editors know no other end. */
export class LineMap {
  readonly #length: number;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** Of a place that the text does not have: the nearest that it has. */
  offsetOf({ line, character }: LinePosition): number {
    const start = this.#starts[line];
    if (start === undefined) return line < 0 ? 0 : this.#length;
    const next = this.#starts[line + 1];
    const end = next === undefined ? this.#length : next - 1;
    return Math.min(start + Math.max(0, character), end);
  }

  positionAt(offset: number): LinePosition {
    const wanted = Math.min(Math.max(0, offset), this.#length);
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] as number) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: wanted - (this.#starts[low] as number) };
  }
}
