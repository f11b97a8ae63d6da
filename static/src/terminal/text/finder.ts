import type { SearchAddon } from "@xterm/addon-search";
import type { Terminal } from "@xterm/xterm";

export type Found = "found" | "nothing";

/** Finds text in a terminal. What it needs is loaded with the first search. */
export class Finder {
  readonly #terminal: Terminal;
  #search: Promise<SearchAddon> | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Selects the next match of `text`, upwards from the newest line. */
  async find(text: string, back: boolean): Promise<Found> {
    this.#search ??= this.#load();
    const search = await this.#search;
    const options = { caseSensitive: false, incremental: false };
    const found = back ? search.findPrevious(text, options) : search.findNext(text, options);
    return found ? "found" : "nothing";
  }

  end(): void {
    this.#terminal.clearSelection();
  }

  async #load(): Promise<SearchAddon> {
    try {
      const { SearchAddon } = await import("@xterm/addon-search");
      const search = new SearchAddon();
      this.#terminal.loadAddon(search);
      return search;
    } catch (error) {
      this.#search = null; // the next search tries again
      throw error;
    }
  }
}
