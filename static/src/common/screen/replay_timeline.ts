import type { Grid } from "../run/run_host";

/** What happens in a replay at one moment, in milliseconds from its beginning. */
export type ReplayEvent =
  | { readonly at: number; readonly kind: "output"; readonly text: string }
  | { readonly at: number; readonly kind: "size"; readonly grid: Grid };

export interface Replay {
  readonly grid: Grid;
  readonly events: readonly ReplayEvent[];
  /** When what was asked for comes. */
  readonly marks: readonly number[];
  /** In milliseconds. */
  readonly duration: number;
}

interface Header {
  readonly version: number;
  readonly term: { readonly cols: number; readonly rows: number };
}

/**
 * Reads an asciicast v3. Pauses are no longer than `longestPause` milliseconds. `times`: of what else
 * happened, in milliseconds of the recording, in any order; `marks` are the moments of the replay for
 * them.
 */
export function readReplay(
  asciicast: string,
  longestPause: number,
  times: readonly number[] = [],
): Replay {
  const [first = "", ...lines] = asciicast.split("\n");
  const { version, term } = JSON.parse(first) as Header;
  if (version !== 3) throw new Error(`asciicast ${version}`);
  const events: ReplayEvent[] = [];
  const clock = new ShortenedClock(longestPause, times);
  for (const line of lines) {
    if (!line.startsWith("[")) continue;
    const [seconds, code, data] = JSON.parse(line) as [number, string, string];
    const at = clock.after(seconds * 1000);
    if (code === "o") events.push({ at, kind: "output", text: data });
    else if (code === "r") events.push({ at, kind: "size", grid: gridOf(data) });
  }
  const { marks, duration } = clock.end();
  return { grid: { rows: term.rows, cols: term.cols }, events, marks, duration };
}

/**
 * From times of a recording to moments of its replay, whose pauses are shorter: those between two
 * things that happen, of whichever kind.
 */
class ShortenedClock {
  #time = 0;
  #moment = 0;
  readonly #marks: number[];
  /** Indices of `times`, in their order; the last one is next. */
  readonly #left: number[];
  readonly #times: readonly number[];
  readonly #longestPause: number;

  constructor(longestPause: number, times: readonly number[]) {
    this.#longestPause = longestPause;
    this.#times = times;
    this.#marks = times.map(() => 0);
    const later = (one: number, other: number) => (times[other] ?? 0) - (times[one] ?? 0);
    this.#left = times.map((_, index) => index).sort(later);
  }

  /** The moment of what happens so many milliseconds after what was before. */
  after(milliseconds: number): number {
    this.#recorded += milliseconds;
    this.#mark(this.#recorded);
    return this.#go(this.#recorded);
  }

  end(): { marks: readonly number[]; duration: number } {
    this.#mark(Number.POSITIVE_INFINITY);
    return { marks: this.#marks, duration: this.#moment };
  }

  #recorded = 0;

  #go(time: number): number {
    this.#moment += Math.min(Math.max(0, time - this.#time), this.#longestPause);
    this.#time = Math.max(this.#time, time);
    return this.#moment;
  }

  /** What happens before a time, since what was before. */
  #mark(until: number): void {
    for (;;) {
      const index = this.#left.at(-1);
      const time = index === undefined ? Number.NaN : this.#times[index];
      if (index === undefined || time === undefined || !(time < until)) return;
      this.#left.pop();
      this.#marks[index] = this.#go(time);
    }
  }
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
