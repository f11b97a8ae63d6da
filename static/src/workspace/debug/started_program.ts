import { LineMap } from "../../common/debug/line_map";
import type { SourceFile } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { SnippetSession } from "../snippets/snippet_session";

const STORED = "debugged";

interface Stored {
  /** Of the snippet's draft. */
  readonly key: string;
  readonly files: readonly SourceFile[];
}

/**
 * The files of a program as it was started, while their text is edited, or while another snippet is
 * open. Outlives a reload of its tab.
 */
export class StartedProgram {
  readonly #session: SnippetSession;
  readonly #storage: BrowserStorage;
  #key = "";
  #files = new Map<string, string>();
  /** This tab has started it. */
  #own = false;
  readonly #maps = new Map<string, { readonly text: string; readonly map: LineMap }>();

  constructor(session: SnippetSession, storage: BrowserStorage) {
    this.#session = session;
    this.#storage = storage;
    session.onDidChangeKey(({ before, after }) => {
      if (this.#key !== before) return;
      this.#key = after;
      this.#store();
    });
  }

  /** `files`: of a program that starts now; null: of the one that this tab has started before. */
  begin(files: readonly SourceFile[] | null): void {
    const stored = files ? null : this.#stored();
    this.#key = stored?.key ?? this.#session.draftKey;
    const known = files ?? stored?.files ?? this.#session.content().files;
    this.#files = new Map(known.map(({ path, content }) => [path, content]));
    this.#maps.clear();
    this.#own = files !== null || stored !== null;
    this.#store();
  }

  /** Its snippet is open. The files of another one may have the same names. */
  get open(): boolean {
    return this.#key === this.#session.draftKey;
  }

  get paths(): readonly string[] {
    return [...this.#files.keys()].filter((path) => path.endsWith(".py"));
  }

  /** The text is not that of the program any more. */
  get changed(): boolean {
    if (!this.open) return false;
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
    if (!this.open) return null;
    const program = this.#files.get(path);
    const text = this.#session.content().files.find((file) => file.path === path)?.content;
    if (program === undefined || text === undefined) return null;
    const known = this.#maps.get(path);
    if (known?.text === text) return known.map;
    const map = new LineMap(program, text);
    this.#maps.set(path, { text, map });
    return map;
  }

  #store(): void {
    if (!this.#own) return;
    const files = [...this.#files].map(([path, content]) => ({ path, content }));
    const stored: Stored = { key: this.#key, files };
    this.#storage.setOfTab(STORED, JSON.stringify(stored));
  }

  #stored(): Stored | null {
    if (this.#storage.getRun()?.observed !== "debug") return null; // of another run
    try {
      const stored = JSON.parse(this.#storage.getOfTab(STORED) ?? "null") as Stored | null;
      const valid = ({ path, content }: SourceFile) =>
        typeof path === "string" && typeof content === "string";
      const files: unknown = stored?.files;
      if (typeof stored?.key !== "string" || !Array.isArray(files)) return null;
      return files.every(valid) ? stored : null;
    } catch {
      return null;
    }
  }
}
