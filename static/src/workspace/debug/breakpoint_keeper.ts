import type { BreakpointStore } from "../../common/debug/breakpoints";
import { StoredTexts } from "../../common/debug/stored_texts";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { SnippetSession } from "../snippets/snippet_session";

const STORED = "breakpoints";

/** Keeps the breakpoints of each snippet in this browser, as the run options are kept. */
export class BreakpointKeeper {
  readonly #session: SnippetSession;
  readonly #storage: BrowserStorage;
  readonly #breakpoints: BreakpointStore;
  #program = "";
  #opening = false;

  constructor(session: SnippetSession, storage: BrowserStorage, breakpoints: BreakpointStore) {
    this.#session = session;
    this.#storage = storage;
    this.#breakpoints = breakpoints;
    session.onDidChange(() => this.#open());
    session.onDidChangeKey(({ before, after }) => {
      if (before === this.#program) this.#program = after;
      this.#store((stored) => stored.move(before, after));
    });
    breakpoints.onDidChange(() => {
      if (this.#opening || this.#program === "") return;
      this.#store((stored) => stored.set(this.#program, breakpoints.toString()));
    });
  }

  #open(): void {
    const { draftKey } = this.#session;
    if (draftKey === this.#program) return;
    this.#program = draftKey;
    this.#opening = true;
    this.#breakpoints.read(this.#stored().get(draftKey));
    this.#opening = false;
  }

  #stored(): StoredTexts {
    return new StoredTexts(this.#storage.get(STORED));
  }

  /** Reads them again: another window of this browser may have stored some. */
  #store(change: (stored: StoredTexts) => void): void {
    const stored = this.#stored();
    change(stored);
    this.#storage.set(STORED, stored.toString());
  }
}
