/** Rings once, some milliseconds after it was asked to. */
export interface Alarm {
  ring(milliseconds: number): void;
}

/** How late a timeout of the page may be before the alarm replaces it. */
export const LATE_MS = 30;
/** The pause between two turns while the page's own timeouts are late. */
export const PAUSE_MS = 4;

/**
 * Calls back soon, also in a hidden page: browsers run its timeouts once in a second, later once in a
 * minute, and a program waits as long for its output to be parsed. In a page that can be seen the
 * timeouts decide, because the alarm is set to come after them.
 */
export class WakefulTimer {
  #waiting: (() => void) | null = null;
  #since = 0;
  #ringing = false;
  #late = false;
  #alarm: Alarm | null = null;
  readonly #timeout: (callback: () => void) => void;
  readonly #now: () => number;

  constructor(timeout: (callback: () => void) => void, now: () => number) {
    this.#timeout = timeout;
    this.#now = now;
  }

  /** `start` is given what to call when the alarm rings. */
  useAlarm(start: (rang: () => void) => Alarm): void {
    this.#alarm = start(() => this.#rang());
    if (this.#waiting) this.#set();
  }

  /** One at a time: `callback` is called before the next one is given. */
  soon(callback: () => void): void {
    const once = () => {
      if (this.#waiting !== once) return false;
      this.#waiting = null;
      callback();
      return true;
    };
    this.#waiting = once;
    this.#since = this.#now();
    this.#timeout(() => {
      const inTime = this.#now() - this.#since < LATE_MS;
      if (once()) this.#late &&= !inTime;
    });
    this.#set();
  }

  #set(): void {
    if (this.#ringing || !this.#alarm) return;
    this.#ringing = true;
    this.#alarm.ring(this.#late ? PAUSE_MS : LATE_MS);
  }

  #rang(): void {
    this.#ringing = false;
    const waiting = this.#waiting;
    if (!waiting) return;
    if (!this.#late && this.#now() - this.#since < LATE_MS) {
      this.#set();
      return;
    }
    this.#late = true;
    waiting();
  }
}

/** The alarm of a worker. Without workers the page's timeouts remain. */
export function alarmOfWorker(rang: () => void): Alarm {
  try {
    const worker = new Worker(new URL("./alarm_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = rang;
    return { ring: (milliseconds) => worker.postMessage(milliseconds) };
  } catch {
    return { ring: () => undefined };
  }
}
