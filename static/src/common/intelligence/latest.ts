/**
 * Runs one call at a time. While one runs, only the newest of those that wait is kept, so whoever types
 * quickly does not wait for answers about what has been typed before.
 */
export class Latest {
  #running = false;
  #waiting: { readonly run: () => void; readonly drop: () => void } | null = null;

  /** Null: a newer call took its place. */
  async run<Result>(call: () => Promise<Result>): Promise<Result | null> {
    if (this.#running && !(await this.#turn())) return null;
    this.#running = true;
    try {
      return await call();
    } finally {
      this.#running = false;
      const next = this.#waiting;
      this.#waiting = null;
      next?.run();
    }
  }

  #turn(): Promise<boolean> {
    this.#waiting?.drop();
    return new Promise((resolve) => {
      this.#waiting = {
        run: () => {
          this.#running = true;
          resolve(true);
        },
        drop: () => resolve(false),
      };
    });
  }
}
