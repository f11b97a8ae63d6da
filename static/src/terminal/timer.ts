import type { Timer } from "../common/base/timer";

/** The browser's timeouts and clock. */
export const timer: Timer = {
  set: (callback, milliseconds) => window.setTimeout(callback, milliseconds),
  clear: (handle) => window.clearTimeout(handle as number),
  now: () => performance.now(),
};
