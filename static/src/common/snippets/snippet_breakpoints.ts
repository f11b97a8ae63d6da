import type { BreakpointStore } from "../debug/breakpoints";
import type { SnippetContent } from "./snippet";

/** The breakpoints of the open snippet, which are saved with it. */
export class SnippetBreakpoints {
  readonly #store: BreakpointStore;
  /** The server, or this browser's draft, has a list of them: one that gets empty has to be saved. */
  #listed = false;
  #loading = false;

  /** `edited()`: the user has changed some, or they have moved with the text. */
  constructor(store: BreakpointStore, edited: () => void) {
    this.#store = store;
    store.onDidChange(() => {
      if (this.#loading) return;
      this.#listed = true;
      edited();
    });
  }

  read(): Pick<SnippetContent, "breakpoints"> {
    return this.#listed ? { breakpoints: this.#store.all } : {};
  }

  load({ breakpoints, files }: SnippetContent): void {
    this.#listed = breakpoints !== undefined;
    const paths = files.map(({ path }) => path);
    this.#loading = true;
    this.#store.load((breakpoints ?? []).filter(({ path }) => paths.includes(path)));
    this.#loading = false;
  }

  rename(before: string, after: string): void {
    this.#store.rename(before, after);
  }

  keepOnly(paths: readonly string[]): void {
    this.#store.keepOnly(paths);
  }
}
