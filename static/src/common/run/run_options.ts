/** What the user wants of the next runs of a program. */
export interface RunOptions {
  /** The program's arguments as typed, to be split as a shell does. */
  readonly args: string;
  /** Python stays open after the program, as `python -i` does. */
  readonly keepOpen: boolean;
}

export const NO_OPTIONS: RunOptions = { args: "", keepOpen: false };

const MOST_PROGRAMS = 50;
/** The browser's storage is shared with drafts, which matter more. */
const MOST_CHARACTERS = 100_000;

type Entry = readonly [program: string, options: RunOptions];

/** The run options of the programs last given some, oldest first. Programs without options have no entry. */
export class StoredOptions {
  readonly #entries: Map<string, RunOptions>;

  /** `text`: what `toString` returned, or anything else that the browser's storage may hold. */
  constructor(text: string | null) {
    this.#entries = new Map(parsed(text));
  }

  get(program: string): RunOptions {
    return this.#entries.get(program) ?? NO_OPTIONS;
  }

  set(program: string, options: RunOptions): void {
    this.#entries.delete(program);
    if (!isSet(options)) return;
    this.#entries.set(program, options);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MOST_PROGRAMS && this.toString().length <= MOST_CHARACTERS) return;
      this.#entries.delete(oldest);
    }
  }

  toString(): string {
    return JSON.stringify([...this.#entries]);
  }
}

export function isSet({ args, keepOpen }: RunOptions): boolean {
  return args.trim() !== "" || keepOpen;
}

function parsed(text: string | null): Entry[] {
  try {
    const entries: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const options = value[1] as Partial<RunOptions> | null;
  return typeof options?.args === "string" && typeof options.keepOpen === "boolean";
}
