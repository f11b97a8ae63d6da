import {
  contentOf,
  type Share,
  type Snippet,
  type SnippetContent,
} from "../../common/snippets/snippet";
import type { KeyValueStore } from "../chrome/browser_storage";

/** The text of a snippet as this browser has it: survives a crash, and shows at once. */
export interface Draft {
  /** Null: never saved on the server. */
  readonly id: number | null;
  readonly version: number;
  readonly content: SnippetContent;
  readonly share: Share | null;
  /** Whether the server lacks something of it. */
  readonly dirty: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Browsers give a site 5 million characters or more. */
const MOST_CHARACTERS = 3_000_000;
const MOST_DRAFTS = 40;

export class Drafts {
  readonly #prefix: string;
  readonly #store: KeyValueStore;

  constructor(user: string, store: KeyValueStore) {
    this.#prefix = `coderunner:${user}:draft:`;
    this.#store = store;
  }

  get(key: string): Draft | null {
    return this.#read(this.#prefix + key);
  }

  /** False when the browser has no room, not even after clean copies were thrown away. */
  put(key: string, draft: Draft): boolean {
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
      // Storage is refused: then there is nothing to remove.
    }
  }

  /** Keys of what the server lacks, the newest first. */
  unsaved(): string[] {
    return this.#all()
      .filter(({ draft }) => draft.dirty)
      .map(({ key }) => key);
  }

  #makeRoom(characters: number, besides: string): void {
    // Until it fits, or only unsaved texts are left.
    while (this.#full(characters, this.#prefix + besides) && this.#dropOldestClean(besides));
  }

  /** Asked at every pause in typing: by lengths alone, without reading the texts. */
  #full(characters: number, besides: string): boolean {
    const others = this.#names().filter((name) => name !== besides);
    const length = (name: string) => this.#store.getItem(name)?.length ?? 0;
    const total = others.reduce((sum, name) => sum + length(name), characters);
    return total > MOST_CHARACTERS || others.length >= MOST_DRAFTS;
  }

  #dropOldestClean(besides: string): boolean {
    const oldest = this.#all()
      .filter(({ key, draft }) => key !== besides && !draft.dirty)
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
      const whole = Array.isArray(draft?.content?.files) && typeof draft.version === "number";
      return whole && draft.content.files.length > 0 ? draft : null;
    } catch {
      return null;
    }
  }
}

/** The server has what lay under `key`. */
export function keepSaved(drafts: Drafts, key: string, snippet: Snippet): void {
  const { id, version, share } = snippet;
  drafts.remove(key);
  const content = contentOf(snippet);
  drafts.put(String(id), { id, version, content, share, dirty: false, at: Date.now() });
}
