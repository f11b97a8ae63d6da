// size: one state machine
import type { Grid } from "../run/run_session";
import { shownGrid } from "./shown_grid";

/** `[milliseconds from the start, code, data]`, as the player has them. */
export type ReplayEvent = readonly [time: number, code: string, data: string];

export interface Replay extends Grid {
  readonly events: readonly ReplayEvent[];
  /** Something was left out. */
  readonly shortened: boolean;
}

/** Steps of the player's terminal, of about 10 ns each, as measured. It takes them at once when somebody seeks. */
export const MOST_STEPS = 15_000_000;
/** Lines that leave the screen are freed after each piece. */
const PIECE_UNITS = 8 * 1024;

interface Header {
  readonly version: number;
  readonly term: { readonly cols: number; readonly rows: number };
}

/**
 * Reads an asciicast v3 for the player. Its terminal does at once what a recording says, and a
 * program can print sequences that take long in a recording of a megabyte: when these have taken
 * `MOST_STEPS`, further ones are left out.
 */
export function readReplay(asciicast: string): Replay {
  const [first = "", ...lines] = asciicast.split("\n");
  const { version, term } = JSON.parse(first) as Header;
  if (version !== 3) throw new Error(`asciicast ${version}`);
  const grid = shownGrid(term);
  const filter = new CostFilter(grid);
  const events: ReplayEvent[] = [];
  let time = 0;
  for (const line of lines) {
    if (!line.startsWith("[")) continue;
    const [interval, code, data] = JSON.parse(line) as [number, string, string];
    time += interval * 1000;
    for (const shown of bounded(filter, code, data)) events.push([time, code, shown]);
  }
  return { ...grid, events, shortened: filter.shortened };
}

function bounded(filter: CostFilter, code: string, data: string): readonly string[] {
  if (code === "o") return filter.pieces(data);
  if (code !== "r") return [data];
  const [cols = 0, rows = 0] = data.split("x").map(Number);
  const grid = shownGrid({ rows, cols });
  return filter.resize(grid) ? [`${grid.cols}x${grid.rows}`] : [];
}

type State = "ground" | "escape" | "intermediate" | "csi" | "string";

const ESC = 0x1b;
const CSI = 0x9b;
/** LF, VT, FF: they may scroll. */
const isLineFeed = (code: number) => code >= 0x0a && code <= 0x0c;
/** That one step fills. */
const CELLS = 4;

class CostFilter {
  shortened = false;
  #grid: Grid;
  #left = MOST_STEPS;
  #state: State = "ground";
  /** The control sequence that is being read, from its first character. */
  #sequence = "";
  #inserts = false;

  constructor(grid: Grid) {
    this.#grid = grid;
  }

  resize(grid: Grid): boolean {
    this.#grid = grid;
    return this.#pay(this.#cells());
  }

  /** What remains of a piece of output. A sequence that goes on in the next piece is kept for it. */
  pieces(text: string): readonly string[] {
    const kept = this.#filtered(text);
    const pieces: string[] = [];
    for (let at = 0; at < kept.length; at += PIECE_UNITS) {
      pieces.push(kept.slice(at, at + PIECE_UNITS));
    }
    return pieces;
  }

  #filtered(text: string): string {
    let kept = "";
    let from = 0; // where what is kept and not copied yet begins
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#state === "ground" && code !== ESC && code !== CSI) {
        if (this.#payFor(code)) continue;
        kept += text.slice(from, at);
        from = at + 1;
        continue;
      }
      if (this.#state === "ground" || code === ESC || code === CSI) {
        kept += this.#sequence + text.slice(from, at);
        this.#sequence = "";
        from = at;
      }
      const ended = this.#read(code);
      const begun = this.#state === "string" && this.#sequence !== ""; // it costs nothing
      if (!ended && !begun) continue;
      const sequence = this.#sequence + text.slice(from, at + 1);
      this.#sequence = "";
      from = at + 1;
      if (begun || this.#pay(this.#costOf(sequence))) kept += sequence;
    }
    if (this.#state === "ground" || this.#state === "string") return kept + text.slice(from);
    this.#sequence += text.slice(from);
    return kept;
  }

  /** Follows the parser by one character; true when it has ended a sequence that does something. */
  #read(code: number): boolean {
    const before = this.#state;
    this.#state = next(before, code);
    return this.#state === "ground" && before !== "string";
  }

  /** A character outside of control sequences. */
  #payFor(code: number): boolean {
    const moves = isLineFeed(code) || (this.#inserts && code >= 0x20);
    return !moves || this.#pay(this.#lineCost());
  }

  #lineCost(): number {
    return 1 + this.#grid.cols / CELLS;
  }

  #costOf(sequence: string): number {
    // Lines are fed also in the middle of a sequence.
    const lines = sequence.length - sequence.replace(/[\n\v\f]/g, "").length;
    return lines * this.#lineCost() + this.#costOfEnd(sequence);
  }

  #costOfEnd(sequence: string): number {
    const final = sequence.at(-1) ?? "";
    const isCsi = sequence.charCodeAt(0) === CSI || sequence[1] === "[";
    if (!isCsi) return sequence.length + this.#costOfEscape(sequence, final);
    const numbers = sequence.slice(sequence[1] === "[" ? 2 : 1, -1).split(";");
    // Characters that are inserted move all those behind them.
    if ("hl".includes(final) && numbers.map(Number).includes(4)) this.#inserts = final === "h";
    const count = Number(/\d+/.exec(sequence)?.[0] ?? 1) || 1;
    return sequence.length + this.#costOfControl(sequence, final, count);
  }

  #costOfControl(sequence: string, final: string, count: number): number {
    const { rows, cols } = this.#grid;
    switch (final) {
      case "b":
        return Math.min(count, 65_535) * (this.#inserts ? 4 + cols / CELLS : 4);
      case "S":
      case "T":
      case "L":
      case "M":
        return (Math.min(count, rows) * cols) / 2 + rows;
      case "@":
        return 2 * cols;
      case "J":
        return this.#cells() / 2;
      case "h":
      case "l":
        return /4[79]/.test(sequence) ? this.#cells() / CELLS : cols / CELLS;
      default:
        return cols / CELLS;
    }
  }

  #costOfEscape(sequence: string, final: string): number {
    if (final === "c") return this.#cells() / 2;
    if (final === "8" && sequence.includes("#")) return 2 * this.#cells();
    return this.#grid.cols / CELLS;
  }

  #cells(): number {
    return this.#grid.rows * this.#grid.cols;
  }

  #pay(steps: number): boolean {
    if (steps > this.#left) {
      this.shortened = true;
      return false;
    }
    this.#left -= steps;
    return true;
  }
}

/** After one character, as terminals read them: https://vt100.net/emu/dec_ansi_parser */
function next(state: State, code: number): State {
  if (code === ESC) return "escape";
  if (code === CSI) return "csi";
  if (code === 0x18 || code === 0x1a || (code >= 0x80 && code < 0xa0)) return "ground";
  switch (state) {
    case "escape":
      return afterEscape(code);
    case "intermediate":
      return code >= 0x30 && code <= 0x7e ? "ground" : state;
    case "csi":
      return code >= 0x40 && code <= 0x7e ? "ground" : state;
    case "string":
      return code === 0x07 ? "ground" : state;
    default:
      return state;
  }
}

function afterEscape(code: number): State {
  if (code === 0x5b) return "csi";
  if (code === 0x50 || code === 0x58 || (code >= 0x5d && code <= 0x5f)) return "string";
  if (code >= 0x20 && code <= 0x2f) return "intermediate";
  return code >= 0x30 && code <= 0x7e ? "ground" : "escape";
}
