import type { SourceFile } from "../../protocol.gen";
import type { Helper } from "./helper";

/** One worker, which is made when it is first needed. */
export class HelperSlot<Made extends Helper> {
  readonly #make: () => Promise<Made>;
  readonly #changed: () => void;
  #ready: Made | null = null;
  #starting: Promise<Made> | null = null;

  constructor(make: () => Promise<Made>, changed: () => void) {
    this.#make = make;
    this.#changed = changed;
  }

  get state(): "none" | "loading" | "ready" | "off" {
    if (this.#ready) return this.#ready.worker.state === "off" ? "off" : "ready";
    return this.#starting ? "loading" : "none";
  }

  /** Null: it is not ready. */
  get helper(): Made | null {
    return this.state === "ready" ? this.#ready : null;
  }

  start(files: readonly SourceFile[]): Promise<Made> {
    if (this.state === "off") return Promise.reject(new Error("its worker has failed twice"));
    if (this.#starting) return this.#starting;
    const starting = this.#load(files);
    this.#starting = starting;
    starting.catch(() => {
      // Without a connection: the next question tries again.
      if (this.#starting === starting) this.#starting = null;
      this.#changed();
    });
    this.#changed();
    return starting;
  }

  stop(): void {
    this.#ready?.stop();
    this.#ready = null;
    this.#starting = null;
    this.#changed();
  }

  async #load(files: readonly SourceFile[]): Promise<Made> {
    const made = await this.#make();
    made.worker.onDidFail(() => this.#changed());
    const before = this.#starting;
    const wanted = () => this.#starting === before;
    try {
      await made.start(files).catch((error: unknown) => {
        if (!wanted() || made.worker.state === "off") throw error;
        // Another worker is there in place of the one that failed: it has been told nothing yet.
        return made.start(files);
      });
    } catch (error) {
      if (wanted() && made.worker.state === "off") this.#ready = made;
      else made.stop();
      throw error;
    }
    if (!wanted()) {
      made.stop();
      throw new Error("it was stopped while it was loaded");
    }
    this.#ready = made;
    this.#changed();
    return made;
  }
}
