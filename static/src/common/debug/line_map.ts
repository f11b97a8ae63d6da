import { linesWithoutCode } from "./code_lines";

/** More pairs of lines are not compared: such a change replaces the program. */
const MOST_PAIRS = 1_000_000;

/**
 * Where the lines of a program that runs are in its text, which has been edited since. Pure. Lines
 * are from 1; null: the other text does not have the line.
 */
export class LineMap {
  readonly #toText = new Map<number, number>();
  readonly #toProgram = new Map<number, number>();
  readonly #program: readonly string[];
  #withoutCode: ReadonlySet<number> | null = null;

  constructor(program: string, text: string) {
    const [before, after] = [program.split("\n"), text.split("\n")];
    this.#program = before;
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && before[head] === after[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    for (let index = 0; index < head; index += 1) this.#pair(index, index);
    this.#pairBetween(
      before.slice(head, before.length - tail),
      after.slice(head, after.length - tail),
      head,
    );
    for (let index = 1; index <= tail; index += 1) {
      this.#pair(before.length - index, after.length - index);
    }
  }

  toText(line: number): number | null {
    return this.#toText.get(line) ?? null;
  }

  toProgram(line: number): number | null {
    return this.#toProgram.get(line) ?? null;
  }

  /** As `toProgram`, or the next line below it where a program can stop. */
  toStop(line: number): number | null {
    const found = this.toProgram(line);
    if (found === null) return null;
    this.#withoutCode ??= linesWithoutCode(this.#program);
    let below = found;
    while (this.#withoutCode.has(below - 1)) below += 1;
    return below > this.#program.length ? found : below;
  }

  /** Indexes are from 0. */
  #pair(program: number, text: number): void {
    this.#toText.set(program + 1, text + 1);
    this.#toProgram.set(text + 1, program + 1);
  }

  #pairBetween(before: readonly string[], after: readonly string[], first: number): void {
    let [one, other] = [0, 0];
    for (const [nextOne, nextOther] of [
      ...common(before, after),
      [before.length, after.length],
    ] as const) {
      // Lines that were edited in place are the same lines.
      const edited = nextOne - one === nextOther - other ? nextOne - one : 0;
      for (let index = 0; index < edited; index += 1)
        this.#pair(first + one + index, first + other + index);
      if (nextOne < before.length) this.#pair(first + nextOne, first + nextOther);
      [one, other] = [nextOne + 1, nextOther + 1];
    }
  }
}

/** The longest common subsequence, as pairs of indexes. */
function common(before: readonly string[], after: readonly string[]): [number, number][] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns === 0 || rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  // Of the rests of both texts that begin at a row and a column.
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (before[row] === after[column]) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}
