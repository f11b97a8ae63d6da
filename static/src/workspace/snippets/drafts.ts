import { contentOf, type SnippetContent } from "../../common/snippets/snippet";
import type { Share, Snippet } from "../../protocol.gen";
import type { KeyValueStore } from "../chrome/browser_storage";

/** This browser's copy of a snippet: survives a crash, and can be shown before the server answers. */
export interface Draft {
  /** Null: never saved on the server. */
  readonly id: number | null;
  readonly version: number;
  readonly content: SnippetContent;
  readonly share: Share | null;
  /** True if the server does not have all of it. */
  readonly dirty: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Browsers allow a site 5 million characters or more. */
const MOST_CHARACTERS = 3_000_000;
const MOST_DRAFTS = 40;

/** For a snippet that was never saved. Browsers have `randomUUID` over HTTPS only. */
export function newDraftKey(): string {
  const random = crypto.getRandomValues(new Uint32Array(4));
  return `new-${Array.from(random, (part) => part.toString(36)).join("-")}`;
}

/** All drafts of one user in this browser. */
export class Drafts {
  readonly #prefix: string;
  readonly #store: KeyValueStore;
  #closed = false;

  constructor(user: string, store: KeyValueStore) {
    this.#prefix = `coderunner:${user}:draft:`;
    this.#store = store;
  }

  get(key: string): Draft | null {
    return this.#read(this.#prefix + key);
  }

  /** The user signs out: from now on nothing is stored. */
  close(): void {
    this.#closed = true;
  }

  /** False if the browser has no room, even after all clean drafts were removed. */
  put(key: string, draft: Draft): boolean {
    if (this.#closed) return true;
    const text = JSON.stringify({ ...draft, content: contentOf(draft.content) });
    this.#makeRoom(text.length, key);
    for (;;) {
      try {
        this.#store.setItem(this.#prefix + key, text);
        return true;
      } catch {
        if (!this.#dropOldestClean(key)) return false;
      }
    }
  }

  remove(key: string): void {
    try {
      this.#store.removeItem(this.#prefix + key);
    } catch {
      // The browser refuses access to storage: there is nothing to remove.
    }
  }

  /** Keys of the dirty drafts, the newest first. */
  unsaved(): string[] {
    return this.#all()
      .filter(({ draft }) => draft.dirty)
      .map(({ key }) => key);
  }

  #makeRoom(characters: number, except: string): void {
    // Until it fits, or only dirty drafts are left.
    while (this.#full(characters, this.#prefix + except) && this.#dropOldestClean(except));
  }

  /** Called at every pause in typing: compares lengths and does not parse the drafts. */
  #full(characters: number, except: string): boolean {
    const others = this.#names().filter((name) => name !== except);
    const length = (name: string) => this.#store.getItem(name)?.length ?? 0;
    const total = others.reduce((sum, name) => sum + length(name), characters);
    return total > MOST_CHARACTERS || others.length >= MOST_DRAFTS;
  }

  #dropOldestClean(except: string): boolean {
    const oldest = this.#all()
      .filter(({ key, draft }) => key !== except && !draft.dirty)
      .at(-1);
    if (!oldest) return false;
    this.remove(oldest.key);
    return true;
  }

  #all(): { key: string; draft: Draft }[] {
    const found: { key: string; draft: Draft }[] = [];
    for (const name of this.#names()) {
      const draft = this.#read(name);
      if (draft) found.push({ key: name.slice(this.#prefix.length), draft });
    }
    return found.sort((one, other) => other.draft.at - one.draft.at);
  }

  #names(): string[] {
    const names: string[] = [];
    for (let index = 0; index < this.#store.length; index += 1) {
      const name = this.#store.key(index);
      if (name?.startsWith(this.#prefix)) names.push(name);
    }
    return names;
  }

  #read(name: string): Draft | null {
    try {
      const draft = JSON.parse(this.#store.getItem(name) ?? "null") as Draft | null;
      const valid = Array.isArray(draft?.content?.files) && typeof draft.version === "number";
      return valid && draft.content.files.length > 0 ? draft : null;
    } catch {
      return null;
    }
  }
}

/** The server has saved the draft `key`: replaces it by a clean copy. */
export function storeSaved(drafts: Drafts, key: string, snippet: Snippet): void {
  const { id, version, share } = snippet;
  drafts.remove(key);
  const content = contentOf(snippet);
  drafts.put(String(id), { id, version, content, share, dirty: false, at: Date.now() });
}
