import type { WindowChoice } from "../windows/opens_windows";

/** What the user wants of the next runs of a program. */
export interface RunOptions {
  /** The program's arguments as typed, to be split as a shell does. */
  readonly args: string;
  /** Python stays open after the program, as `python -i` does. */
  readonly keepOpen: boolean;
  /** When it gets a screen for windows. */
  readonly windows: WindowChoice;
}

export const NO_OPTIONS: RunOptions = { args: "", keepOpen: false, windows: "auto" };

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

export function isSet({ args, keepOpen, windows }: RunOptions): boolean {
  return args.trim() !== "" || keepOpen || windows !== "auto";
}

function parsed(text: string | null): Entry[] {
  try {
    const entries: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(entries) ? entries.filter(isEntry).map(complete) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const options = value[1] as Partial<RunOptions> | null;
  return typeof options?.args === "string" && typeof options.keepOpen === "boolean";
}

/** Entries of before have no choice of windows. */
function complete([program, options]: Entry): Entry {
  const windows = options.windows === "on" || options.windows === "off" ? options.windows : "auto";
  return [program, { args: options.args, keepOpen: options.keepOpen, windows }];
}
