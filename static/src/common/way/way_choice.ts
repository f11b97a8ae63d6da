/** How a terminal is connected: by a WebSocket, or by requests where WebSockets do not get through. */
export type Way = "socket" | "polls";

/** A WebSocket that is cut so soon, so often in a row, is cut by something on the way. */
const SHORT_LIFE_MS = 60_000;
const SHORT_LIVES = 4;
/** After a WebSocket that worked, one that fails may mean that the network was away. */
const PATIENCE = 2;
const PROBE_MS = [60_000, 300_000] as const;
const PROBE_AFTER_CUT_MS = [5_000, 60_000, 300_000] as const;

/** Decides which way is tried next, and when WebSockets are tried again. */
export class WayChoice {
  #next: Way;
  #worked = false;
  #failures = 0;
  #shortLives = 0;
  #probes = 0;

  /** `remembered`: the way that this tab used before it was reloaded. */
  constructor(remembered: Way) {
    this.#next = remembered;
  }

  get next(): Way {
    return this.#next;
  }

  /** Nothing answered by this way. */
  failed(way: Way): void {
    if (way === "polls") {
      this.#next = "socket";
      this.#failures = 0;
      return;
    }
    this.#failures += 1;
    if (this.#failures >= (this.#worked ? PATIENCE : 1)) this.#next = "polls";
  }

  connected(way: Way): void {
    this.#failures = 0;
    this.#next = way;
    if (way === "socket") {
      this.#worked = true;
      this.#probes = 0;
    }
  }

  /** A connection by this way was lost after so long. */
  lost(way: Way, livedMs: number): void {
    if (way === "polls") return;
    this.#shortLives = livedMs < SHORT_LIFE_MS ? this.#shortLives + 1 : 0;
    if (this.#shortLives < SHORT_LIVES) return;
    this.#shortLives = 0;
    this.#worked = false; // for long enough, it has not
    this.#next = "polls";
  }

  /** In how many milliseconds a WebSocket is tried, while requests do its work. */
  nextProbe(): number {
    const times = this.#worked ? PROBE_AFTER_CUT_MS : PROBE_MS;
    const time = times[Math.min(this.#probes, times.length - 1)] ?? PROBE_MS[0];
    this.#probes += 1;
    return time;
  }
}
