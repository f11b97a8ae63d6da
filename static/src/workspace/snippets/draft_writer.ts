import { Emitter } from "../../common/base/emitter";
import { type SnippetContent, sameBreakpoints, sameContent } from "../../common/snippets/snippet";
import type { Draft, Drafts } from "./drafts";

const WRITE_DELAY_MS = 300;

/** Keeps this browser's copy of the open snippet up to date. */
export class DraftWriter {
  readonly #didFail = new Emitter();
  /** The browser has no room for text that the server does not have either. */
  readonly onDidFail = this.#didFail.event;
  readonly #drafts: Drafts;
  readonly #read: () => Omit<Draft, "dirty" | "at">;
  #key = "";
  /** The content that the server has; null if it has nothing, or something else. */
  #serverContent: SnippetContent | null = null;
  #timer = 0;

  /** `read` returns the open snippet. */
  constructor(drafts: Drafts, read: () => Omit<Draft, "dirty" | "at">) {
    this.#drafts = drafts;
    this.#read = read;
    window.addEventListener("pagehide", () => this.write());
  }

  get key(): string {
    return this.#key;
  }

  /** Another snippet opens: a scheduled write would now store the wrong text. */
  open(key: string): void {
    this.#cancel();
    this.#key = key;
  }

  setServerContent(content: SnippetContent | null): void {
    this.#serverContent = content;
  }

  schedule(): void {
    this.#timer ||= window.setTimeout(() => this.write(), WRITE_DELAY_MS);
  }

  write(): void {
    this.#cancel();
    const open = this.#read();
    const dirty = !this.#isOnServer(open.content);
    if (open.id === null && !dirty) return;
    const stored = this.#drafts.put(this.#key, { ...open, dirty, at: Date.now() });
    if (!stored && dirty) this.#didFail.fire();
  }

  #isOnServer(content: SnippetContent): boolean {
    const server = this.#serverContent;
    return server !== null && sameContent(server, content) && sameBreakpoints(server, content);
  }

  /** The first save of a new snippet gives it its number, which is the key from then on. */
  setKey(key: string): void {
    if (key !== this.#key) this.remove();
    this.#key = key;
  }

  remove(): void {
    this.#drafts.remove(this.#key);
  }

  #cancel(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
