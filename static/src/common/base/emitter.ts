export type Listener<T> = (value: T) => void;

/** Subscribes `listener`. The returned function ends the subscription; calling it twice is harmless. */
export type Event<T> = (listener: Listener<T>) => () => void;

/** Browsers and Node report a rejected promise that nobody handles, with the error's own stack. */
const reportUnhandled = (error: unknown) => void Promise.reject(error);

/**
 * An owner fires values and publishes `event`, which others subscribe to. The rules are those of
 * DOM events: listeners run synchronously in the order of subscription; one that is removed while a
 * value is fired is not called any more; one that is added gets the next value. A listener that
 * throws is reported and stops neither the other listeners nor the owner.
 */
export class Emitter<T = void> {
  readonly #subscriptions = new Set<{ readonly listener: Listener<T> }>();
  readonly #report: (error: unknown) => void;

  constructor(report: (error: unknown) => void = reportUnhandled) {
    this.#report = report;
  }

  readonly event: Event<T> = (listener) => {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return () => this.#subscriptions.delete(subscription);
  };

  fire(value: T): void {
    for (const subscription of [...this.#subscriptions]) {
      if (!this.#subscriptions.has(subscription)) continue;
      try {
        subscription.listener(value);
      } catch (error) {
        this.#report(error);
      }
    }
  }
}
