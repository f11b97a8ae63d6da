/** The part of `Storage` that drafts use. */
export type KeyValueStore = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Browsers may refuse storage (private windows, full disks): the page works without it. */
function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // The value is lost after a reload.
  }
}

/** `localStorage`, or a replacement that never has room. */
export function persistentStore(): KeyValueStore {
  try {
    return window.localStorage;
  } catch {
    const full = () => {
      throw new Error("storage is refused");
    };
    return { length: 0, key: () => null, getItem: () => null, setItem: full, removeItem: full };
  }
}

const local = () => window.localStorage;
const session = () => window.sessionStorage;

export interface StoredRun {
  readonly run: string;
  /** When it started, in milliseconds since the epoch. */
  readonly startedAt: number | null;
  /** With a debugger, or with a trace of its steps. */
  readonly observed?: "debug" | "trace";
}

/** Values that survive a reload, separate for each user of this browser. */
export class BrowserStorage {
  readonly #prefix: string;
  #closed = false;

  constructor(user: string) {
    this.#prefix = `coderunner:${user}:`;
  }

  get(name: string): string | null {
    return read(local, this.#prefix + name);
  }

  /** The user signs out: from now on nothing is stored. */
  close(): void {
    this.#closed = true;
  }

  set(name: string, value: string): void {
    if (!this.#closed) write(local, this.#prefix + name, value);
  }

  /** Until the tab is closed. */
  getOfTab(name: string): string | null {
    return read(session, this.#prefix + name);
  }

  setOfTab(name: string, value: string | null): void {
    if (!this.#closed) write(session, this.#prefix + name, value);
  }

  /** The run of this tab: every tab has its own terminal. */
  getRun(): StoredRun | null {
    const text = this.getOfTab("run");
    if (text === null) return null;
    const [run = "", startedAt, observed] = text.split(" ");
    const known = observed === "debug" || observed === "trace";
    return {
      run,
      startedAt: startedAt ? Number(startedAt) : null,
      ...(known && { observed }),
    };
  }

  setRun(stored: StoredRun | null): void {
    this.setOfTab(
      "run",
      stored && `${stored.run} ${stored.startedAt ?? ""} ${stored.observed ?? ""}`.trimEnd(),
    );
  }
}
