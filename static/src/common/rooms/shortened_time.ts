/** Times of what happened, with long pauses shortened: for a playback. Pure. */
export class ShortenedTime {
  /** Milliseconds of the playback. */
  readonly duration: number;
  readonly #times: readonly number[];
  readonly #moments: number[] = [];

  /** `times`: in milliseconds, ascending; no pause between two is longer than `longest`. */
  constructor(times: readonly number[], longest: number) {
    this.#times = times;
    let moment = 0;
    let before = times[0] ?? 0;
    for (const time of times) {
      moment += Math.min(time - before, longest);
      before = time;
      this.#moments.push(moment);
    }
    this.duration = moment;
  }

  /** The moment of the playback at which something happens. */
  momentOf(index: number): number {
    return this.#moments[index] ?? this.duration;
  }

  /** How many have happened up to a moment. */
  countAt(moment: number): number {
    let [low, high] = [0, this.#moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#moments[middle] ?? 0) <= moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The time at a moment: clocks go on within a pause as far as it lasts. */
  timeAt(moment: number): number {
    const last = this.countAt(moment) - 1;
    if (last < 0) return this.#times[0] ?? 0;
    const time = (this.#times[last] ?? 0) + moment - this.momentOf(last);
    return Math.min(time, this.#times[last + 1] ?? this.#times[last] ?? time);
  }
}
