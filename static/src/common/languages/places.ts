/** A place in one of the program's files that a line of its output names. */
export interface Place {
  /** Where its name stands in the line: offsets of the first character, and behind the last. */
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1; null: the output names none. */
  readonly column: number | null;
  /** What the line says of it, if a pattern has that group; else empty. */
  readonly message: string;
}

/** In longer lines nothing is looked for: a program may print any line, and patterns take time. */
export const LONGEST_LINE = 2000;
/** Of one line no more places are found. */
const MOST_PLACES = 50;
const HOME = "/home/student/";
/** Behind the name of a file: `:3:5`, `(3,5)`, `", line 3`, ` on line 3`, `: line 3`. */
const POSITION =
  ':(\\d{1,9})(?::(\\d{1,9}))?(?!\\d)|\\((\\d{1,9})(?:,(\\d{1,9}))?\\)|"?[,:]?(?: on| at)? line (\\d{1,9})';

/** Finds the places that output names, for one program: in no other files than its own. */
export class PlaceFinder {
  readonly #paths: ReadonlySet<string>;
  /** Of what a message says without naming a file. SQL of another file is said likewise. */
  readonly #unnamed: string | null;
  /** By names without folders: null where several files have one. */
  readonly #byName = new Map<string, string | null>();
  readonly #patterns: readonly RegExp[];
  /** Patterns that are none for this browser: they find nothing. */
  readonly rejected: readonly string[];
  readonly #general: RegExp | null;

  /** `patterns`: of the language, with the groups `path`, `line` and perhaps `column`, `message`. */
  constructor(patterns: readonly string[], paths: readonly string[], main: string) {
    this.#paths = new Set(paths);
    const kind = extensionOf(main);
    const others = paths.filter((path) => path !== main && extensionOf(path) === kind);
    this.#unnamed = others.length === 0 ? main : null;
    for (const path of paths) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      this.#byName.set(name, this.#byName.has(name) ? null : path);
    }
    const known = patterns.map(compiled);
    this.#patterns = known.filter((pattern) => pattern !== null);
    this.rejected = patterns.filter((_, at) => known[at] === null);
    this.#general = general([...paths, ...this.#byName.keys()]);
  }

  /** In their order in the line. What the language's patterns find comes before general ones. */
  find(line: string): Place[] {
    if (line.length > LONGEST_LINE) return [];
    const own = this.#patterns.flatMap((pattern) => this.#byPattern(pattern, line));
    const others = this.#general ? this.#named(this.#general, line) : [];
    const found: Place[] = [];
    for (const place of [...own, ...others]) {
      const free = found.every(({ start, end }) => place.end <= start || end <= place.start);
      if (free && found.length < MOST_PLACES) found.push(place);
    }
    return found.sort((a, b) => a.start - b.start);
  }

  /** Whether one of the language's own patterns finds an error in the line. */
  findError(line: string): Place | null {
    if (line.length > LONGEST_LINE) return null;
    for (const pattern of this.#patterns) {
      const [place] = this.#byPattern(pattern, line);
      if (place) return place;
    }
    return null;
  }

  #byPattern(pattern: RegExp, line: string): Place[] {
    const places: Place[] = [];
    for (const match of line.matchAll(pattern)) {
      const { path, line: number, column, message } = match.groups ?? {};
      const own = path === undefined ? this.#unnamed : this.#own(path);
      if (own === null || number === undefined) continue;
      const [start, end] = extent(match, line);
      places.push(place(start, end, own, number, column, message));
      if (places.length === MOST_PLACES) break;
    }
    return places;
  }

  #named(pattern: RegExp, line: string): Place[] {
    const places: Place[] = [];
    for (const match of line.matchAll(pattern)) {
      const [text, path = "", ...numbers] = match;
      const [a, b, c, d, e] = numbers;
      const own = this.#own(path);
      if (own === null) continue;
      const end = match.index + text.length;
      places.push(place(match.index, end, own, a ?? c ?? e ?? "", b ?? d));
      if (places.length === MOST_PLACES) break;
    }
    return places;
  }

  /** The file of the program that output means; null: none. */
  #own(named: string): string | null {
    const path = named.replace(/^file:\/\//, "").replace(/^\.\//, "");
    const relative = path.startsWith(HOME) ? path.slice(HOME.length) : path;
    if (this.#paths.has(relative)) return relative;
    if (relative.includes("/")) return null;
    return this.#byName.get(relative) ?? null;
  }
}

function place(
  start: number,
  end: number,
  path: string,
  line: string,
  column?: string,
  message = "",
): Place {
  return {
    start,
    end,
    path,
    line: Math.max(1, Number(line)),
    column: column === undefined ? null : Math.max(1, Number(column)),
    message: message.trim(),
  };
}

/** From the name of the file to the last number; of a pattern without a name, all that it found. */
function extent(match: RegExpExecArray, line: string): [number, number] {
  const { path, line: number, column } = match.indices?.groups ?? {};
  const last = column ?? number;
  const [start, end] = [(path ?? number)?.[0], last?.[1]];
  const whole = match.index + match[0].length;
  if (start === undefined || end === undefined || end <= start) return [match.index, whole];
  // `(3,5)` and the quotes around a name belong to it.
  return [start, line[end] === ")" ? end + 1 : end];
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function compiled(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, "dg");
  } catch {
    return null;
  }
}

function general(names: readonly string[]): RegExp | null {
  const known = [...new Set(names)].sort((a, b) => b.length - a.length).map(escaped);
  if (known.length === 0) return null;
  const prefix = `(?:(?:file://)?${escaped(HOME)}|\\./)?`;
  return new RegExp(`(?<![\\w./-])(${prefix}(?:${known.join("|")}))(?:${POSITION})`, "g");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
