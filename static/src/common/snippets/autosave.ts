import { Backoff } from "../base/backoff";
import type { Timer } from "../base/timer";
import type { Snippet, SnippetContent } from "./snippet";

/**
 * `offline`: nobody answers; the text is kept here and saved later. `unavailable`: the same, for the
 * server could not store it. `signed_out`: the same until somebody signs in. `conflict`: another window has saved; a person decides. `refused`: the server
 * will not have it, and says why.
 */
export type SaveState =
  | "saved"
  | "unsaved"
  | "saving"
  | "offline"
  | "unavailable"
  | "signed_out"
  | "conflict"
  | "refused";

export type SaveAnswer =
  | { readonly kind: "saved"; readonly snippet: Snippet }
  | { readonly kind: "conflict"; readonly current: Snippet }
  | { readonly kind: "gone" }
  | { readonly kind: "offline" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "signed_out" }
  | { readonly kind: "refused"; readonly message: string };

/** What a save refers to; `id` null: the snippet was never saved. */
export interface Saved {
  readonly id: number | null;
  readonly version: number;
}

export interface AutosaveHost {
  readonly timer: Timer;
  random(): number;
  content(): SnippetContent;
  save(saved: Saved, content: SnippetContent): Promise<SaveAnswer>;
  /** `message` only with `refused`. */
  changed(state: SaveState, message: string): void;
  saved(snippet: Snippet): void;
  conflicted(current: Snippet): void;
  /** Deleted in another window: it will be saved as a new one. */
  gone(): void;
}

export const QUIET_MS = 800;
/** Who never pauses is saved this often. */
export const LONGEST_MS = 5000;

/** Saves what is edited: one request at a time, the newest text, nothing over another's edit. */
export class Autosave {
  #saved: Saved = { id: null, version: 0 };
  #state: SaveState = "saved";
  /** Counts edits: whether a save's answer is about the newest text. */
  #edits = 0;
  /** Counts snippets: an answer about one that was left is of no interest here. */
  #opened = 0;
  #saving: Promise<number | null> | null = null;
  #quiet: unknown = null;
  #longest: unknown = null;
  #retry: unknown = null;
  readonly #backoff: Backoff;
  readonly #host: AutosaveHost;

  constructor(host: AutosaveHost) {
    this.#host = host;
    this.#backoff = new Backoff(host.random);
  }

  get state(): SaveState {
    return this.#state;
  }

  get saved(): Saved {
    return this.#saved;
  }

  get clean(): boolean {
    return this.#state === "saved";
  }

  /** Starts tracking another snippet. `dirty`: it has edits that the server does not have. */
  open(saved: Saved, dirty: boolean): void {
    this.#opened += 1;
    this.#saving = null;
    this.#forgetTimers();
    this.#saved = saved;
    this.#tell("saved");
    if (dirty) this.edited();
  }

  edited(): void {
    this.#edits += 1;
    if (this.#state === "conflict") return;
    if (this.#state === "saved" || this.#state === "refused") this.#tell("unsaved");
    if (this.#waits) return;
    this.#clear("quiet");
    this.#quiet = this.#host.timer.set(() => void this.saveNow(), QUIET_MS);
    this.#longest ??= this.#host.timer.set(() => void this.saveNow(), LONGEST_MS);
  }

  /**
   * Also what was never edited, when it was never saved. A save that is under way is this one. The
   * snippet's number, if it has one then and is still open.
   */
  saveNow(): Promise<number | null> {
    if (this.#saving !== null) return this.#saving;
    const nothing = this.#state === "saved" && this.#saved.id !== null;
    if (nothing || this.#state === "conflict") return Promise.resolve(this.#saved.id);
    this.#forgetTimers();
    this.#saving = this.#save();
    return this.#saving;
  }

  async #save(): Promise<number | null> {
    const [opened, edits] = [this.#opened, this.#edits];
    // A try that may well fail again is no news.
    if (!this.#waits) this.#tell("saving");
    let answer: SaveAnswer;
    try {
      answer = await this.#host.save(this.#saved, this.#host.content());
    } finally {
      if (opened === this.#opened) this.#saving = null;
    }
    if (opened !== this.#opened) return null;
    this.#answered(answer, edits);
    return this.#saved.id;
  }

  /** The network is back, somebody looks, or has signed in: does not wait any longer. */
  wake(): void {
    if (!this.#waits) return;
    this.#backoff.reset();
    void this.saveNow();
  }

  /** The user resolved a conflict: the open text is based on `saved` from now on. */
  settle(saved: Saved, dirty: boolean): void {
    this.open(saved, dirty);
    if (dirty) void this.saveNow();
  }

  #answered(answer: SaveAnswer, edits: number): void {
    switch (answer.kind) {
      case "saved": {
        this.#backoff.reset();
        this.#saved = { id: answer.snippet.id, version: answer.snippet.version };
        const newest = edits === this.#edits;
        this.#tell(newest ? "saved" : "unsaved");
        this.#host.saved(answer.snippet);
        if (!newest) this.edited();
        break;
      }
      case "conflict":
        this.#tell("conflict");
        this.#host.conflicted(answer.current);
        break;
      case "gone":
        this.#saved = { id: null, version: 0 };
        this.#tell("unsaved");
        this.#host.gone();
        void this.saveNow();
        break;
      case "refused":
        this.#tell("refused", answer.message);
        break;
      default:
        this.#tell(answer.kind);
        this.#retry = this.#host.timer.set(() => void this.saveNow(), this.#backoff.next());
    }
  }

  /** The newest text is kept here, to be tried again. */
  get #waits(): boolean {
    return ["offline", "unavailable", "signed_out"].includes(this.#state);
  }

  #tell(state: SaveState, message = ""): void {
    this.#state = state;
    this.#host.changed(state, message);
  }

  #forgetTimers(): void {
    for (const name of ["quiet", "longest", "retry"] as const) this.#clear(name);
  }

  #clear(name: "quiet" | "longest" | "retry"): void {
    const handle = { quiet: this.#quiet, longest: this.#longest, retry: this.#retry }[name];
    if (handle !== null) this.#host.timer.clear(handle);
    if (name === "quiet") this.#quiet = null;
    else if (name === "longest") this.#longest = null;
    else this.#retry = null;
  }
}
