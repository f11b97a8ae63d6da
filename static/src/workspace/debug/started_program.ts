import { LineMap } from "../../common/debug/line_map";
import type { SourceFile } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { SnippetSession } from "../snippets/snippet_session";

const STORED = "debugged";

/** The files of a program as it was started, while their text is edited. Outlives a reload of its tab. */
export class StartedProgram {
  readonly #session: SnippetSession;
  readonly #storage: BrowserStorage;
  #files = new Map<string, string>();
  readonly #maps = new Map<string, { readonly text: string; readonly map: LineMap }>();

  constructor(session: SnippetSession, storage: BrowserStorage) {
    this.#session = session;
    this.#storage = storage;
  }

  /** `files`: of a program that starts now; null: of the one that this tab has started before. */
  begin(files: readonly SourceFile[] | null): void {
    const known = files ?? this.#stored() ?? this.#session.content().files;
    if (files) this.#storage.setOfTab(STORED, JSON.stringify(files));
    this.#files = new Map(known.map(({ path, content }) => [path, content]));
    this.#maps.clear();
  }

  get paths(): readonly string[] {
    return [...this.#files.keys()].filter((path) => path.endsWith(".py"));
  }

  /** The text is not that of the program any more. */
  get changed(): boolean {
    const { files } = this.#session.content();
    return files.some(({ path, content }) => this.#files.get(path) !== content);
  }

  /** Where the program stops for a line of the text; null: it is not in it. */
  lineOf(path: string, line: number): number | null {
    return this.#map(path)?.toStop(line) ?? null;
  }

  /** Where a line of the program is in the text; null: it is there no more. */
  shownLine(path: string, line: number): number | null {
    return this.#map(path)?.toText(line) ?? null;
  }

  #map(path: string): LineMap | null {
    const program = this.#files.get(path);
    const text = this.#session.content().files.find((file) => file.path === path)?.content;
    if (program === undefined || text === undefined) return null;
    const known = this.#maps.get(path);
    if (known?.text === text) return known.map;
    const map = new LineMap(program, text);
    this.#maps.set(path, { text, map });
    return map;
  }

  #stored(): readonly SourceFile[] | null {
    if (this.#storage.getRun()?.observed !== "debug") return null; // of another run
    try {
      const files: unknown = JSON.parse(this.#storage.getOfTab(STORED) ?? "null");
      const valid = ({ path, content }: SourceFile) =>
        typeof path === "string" && typeof content === "string";
      return Array.isArray(files) && files.every(valid) ? files : null;
    } catch {
      return null;
    }
  }
}
