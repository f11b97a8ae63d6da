/** The part of `Storage` that drafts use. */
export type KeyValueStore = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Browsers may refuse storage (private windows, full disks): the page works without. */
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
    // Then it is forgotten.
  }
}

/** The browser's own, or one that never has room. */
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

export interface KeptRun {
  readonly run: string;
  /** Milliseconds since the epoch, when it began to run. */
  readonly startedAt: number | null;
}

/** What outlives a reload, apart for everyone who signs in with this browser. */
export class BrowserStorage {
  readonly #prefix: string;

  constructor(user: string) {
    this.#prefix = `coderunner:${user}:`;
  }

  get(name: string): string | null {
    return read(local, this.#prefix + name);
  }

  set(name: string, value: string): void {
    write(local, this.#prefix + name, value);
  }

  /** Of this tab: two tabs have two terminals. */
  getRun(): KeptRun | null {
    const text = read(session, `${this.#prefix}run`);
    if (text === null) return null;
    const [run = "", startedAt] = text.split(" ");
    return { run, startedAt: startedAt ? Number(startedAt) : null };
  }

  setRun(kept: KeptRun | null): void {
    write(session, `${this.#prefix}run`, kept && `${kept.run} ${kept.startedAt ?? ""}`);
  }
}
