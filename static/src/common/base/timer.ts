/** Timeouts, as an interface: pure code gets the browser's timer, tests get a fake one. */
export interface Timer {
  /** Returns a handle for `clear`. */
  set(callback: () => void, milliseconds: number): unknown;
  clear(handle: unknown): void;
  /** Milliseconds of a clock that is never set. */
  now(): number;
}
