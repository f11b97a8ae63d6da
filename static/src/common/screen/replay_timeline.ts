import type { Grid } from "../run/run_host";

/** What happens in a replay at one moment, in milliseconds from its beginning. */
export type ReplayEvent =
  | { readonly at: number; readonly kind: "output"; readonly text: string }
  | { readonly at: number; readonly kind: "size"; readonly grid: Grid };

export interface Replay {
  readonly grid: Grid;
  readonly events: readonly ReplayEvent[];
  /** In milliseconds. */
  readonly duration: number;
}

interface Header {
  readonly version: number;
  readonly term: { readonly cols: number; readonly rows: number };
}

/** Reads an asciicast v3. Pauses are no longer than `longestPause` milliseconds. */
export function readReplay(asciicast: string, longestPause: number): Replay {
  const [first = "", ...lines] = asciicast.split("\n");
  const { version, term } = JSON.parse(first) as Header;
  if (version !== 3) throw new Error(`asciicast ${version}`);
  const events: ReplayEvent[] = [];
  let at = 0;
  for (const line of lines) {
    if (!line.startsWith("[")) continue;
    const [seconds, code, data] = JSON.parse(line) as [number, string, string];
    at += Math.min(seconds * 1000, longestPause);
    if (code === "o") events.push({ at, kind: "output", text: data });
    else if (code === "r") events.push({ at, kind: "size", grid: gridOf(data) });
  }
  return { grid: { rows: term.rows, cols: term.cols }, events, duration: at };
}

function gridOf(size: string): Grid {
  const [cols = 0, rows = 0] = size.split("x").map(Number);
  return { rows, cols };
}

/** Where a replay is, and what has to be shown for that. */
export class ReplayPosition {
  #shown = 0;
  #at = 0;
  readonly #replay: Replay;

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  /** In milliseconds. */
  get at(): number {
    return this.#at;
  }

  get ended(): boolean {
    return this.#at >= this.#replay.duration;
  }

  /** When something happens next; the end if nothing does. */
  get next(): number {
    return this.#replay.events[this.#shown]?.at ?? this.#replay.duration;
  }

  /** Goes to a moment. With `again`, the events are shown on an empty screen. */
  go(moment: number): { readonly again: boolean; readonly events: readonly ReplayEvent[] } {
    const at = Math.min(Math.max(moment, 0), this.#replay.duration);
    const again = at < this.#at;
    const from = again ? 0 : this.#shown;
    const { events } = this.#replay;
    let to = from;
    while ((events[to]?.at ?? Number.POSITIVE_INFINITY) <= at) to += 1;
    [this.#at, this.#shown] = [at, to];
    return { again, events: events.slice(from, to) };
  }
}
