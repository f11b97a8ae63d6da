import type { Snippet } from "../../protocol.gen";
import { Backoff } from "../base/backoff";
import type { Timer } from "../base/timer";
import type { SnippetContent } from "./snippet";

/**
 * `offline`: no answer from the server. `unavailable`: the server could not store the text.
 * `signed_out`: the user has to sign in. In these three states the text is kept and saved again
 * later. `conflict`: another window has saved; the user decides. `refused`: the server does not
 * accept the text and gives a reason; the next edit tries again.
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

export type SaveResult =
  | { readonly kind: "saved"; readonly snippet: Snippet }
  | { readonly kind: "conflict"; readonly current: Snippet }
  | { readonly kind: "gone" }
  | { readonly kind: "offline" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "signed_out" }
  | { readonly kind: "refused"; readonly message: string };

/** The version on the server that a save replaces. `id` null: the snippet was never saved. */
export interface SavedVersion {
  readonly id: number | null;
  readonly version: number;
}

export interface AutosaveHost {
  readonly timer: Timer;
  random(): number;
  content(): SnippetContent;
  save(saved: SavedVersion, content: SnippetContent): Promise<SaveResult>;
  /** `message` is the server's reason in the state `refused`, otherwise empty. */
  changed(state: SaveState, message: string): void;
  saved(snippet: Snippet): void;
  conflicted(current: Snippet): void;
  /** Another window deleted the snippet; the text will be saved as a new one. */
  gone(): void;
}

/** From the last edit to the save. */
export const DELAY_MS = 800;
/** From the first edit to the save, when typing never pauses. */
export const MAX_DELAY_MS = 5000;

/**
 * Saves edits: one request at a time, always with the newest text. A save names the version it is
 * based on, so that it never overwrites what another window has saved.
 */
export class Autosave {
  #saved: SavedVersion = { id: null, version: 0 };
  #state: SaveState = "saved";
  /** Counts edits: tells whether a save contained the newest text. */
  #edits = 0;
  /** Counts opened snippets: the result of a save of an earlier one is ignored. */
  #opened = 0;
  #saving: Promise<number | null> | null = null;
  #delay: unknown = null;
  #maxDelay: unknown = null;
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

  get saved(): SavedVersion {
    return this.#saved;
  }

  get clean(): boolean {
    return this.#state === "saved";
  }

  /** Starts tracking another snippet. `dirty`: it has edits that the server does not have. */
  open(saved: SavedVersion, dirty: boolean): void {
    this.#opened += 1;
    this.#saving = null;
    this.#clearTimers();
    this.#saved = saved;
    this.#setState("saved");
    if (dirty) this.edited();
  }

  edited(): void {
    this.#edits += 1;
    if (this.#state === "conflict") return;
    if (this.#state === "saved" || this.#state === "refused") this.#setState("unsaved");
    if (this.#retrying) return;
    this.#clear("delay");
    this.#delay = this.#host.timer.set(() => void this.saveNow(), DELAY_MS);
    this.#maxDelay ??= this.#host.timer.set(() => void this.saveNow(), MAX_DELAY_MS);
  }

  /**
   * Saves without delay, also an unedited snippet that was never saved. If a save is in progress,
   * waits for that one. Returns the snippet's id; null if it has none, or is not open any more.
   */
  saveNow(): Promise<number | null> {
    if (this.#saving !== null) return this.#saving;
    const nothing = this.#state === "saved" && this.#saved.id !== null;
    if (nothing || this.#state === "conflict") return Promise.resolve(this.#saved.id);
    this.#clearTimers();
    this.#saving = this.#save();
    return this.#saving;
  }

  async #save(): Promise<number | null> {
    const [opened, edits] = [this.#opened, this.#edits];
    // A retry will often fail again: the state does not flicker.
    if (!this.#retrying) this.#setState("saving");
    let result: SaveResult;
    try {
      result = await this.#host.save(this.#saved, this.#host.content());
    } finally {
      if (opened === this.#opened) this.#saving = null;
    }
    if (opened !== this.#opened) return null;
    this.#handleResult(result, edits);
    return this.#saved.id;
  }

  /** Retries a failed save at once: the network is back, the page is visible, or the user signed in. */
  retryNow(): void {
    if (!this.#retrying) return;
    this.#backoff.reset();
    void this.saveNow();
  }

  /** The user resolved a conflict: the open text is based on `saved` from now on. */
  resolveConflict(saved: SavedVersion, dirty: boolean): void {
    this.open(saved, dirty);
    if (dirty) void this.saveNow();
  }

  #handleResult(result: SaveResult, edits: number): void {
    switch (result.kind) {
      case "saved": {
        this.#backoff.reset();
        this.#saved = { id: result.snippet.id, version: result.snippet.version };
        const newest = edits === this.#edits;
        this.#setState(newest ? "saved" : "unsaved");
        this.#host.saved(result.snippet);
        if (!newest) this.edited();
        break;
      }
      case "conflict":
        this.#setState("conflict");
        this.#host.conflicted(result.current);
        break;
      case "gone":
        this.#saved = { id: null, version: 0 };
        this.#setState("unsaved");
        this.#host.gone();
        void this.saveNow();
        break;
      case "refused":
        this.#setState("refused", result.message);
        break;
      default:
        this.#setState(result.kind);
        this.#retry = this.#host.timer.set(() => void this.saveNow(), this.#backoff.next());
    }
  }

  /** True in the states in which the last save failed and will be tried again. */
  get #retrying(): boolean {
    return ["offline", "unavailable", "signed_out"].includes(this.#state);
  }

  #setState(state: SaveState, message = ""): void {
    this.#state = state;
    this.#host.changed(state, message);
  }

  #clearTimers(): void {
    for (const name of ["delay", "maxDelay", "retry"] as const) this.#clear(name);
  }

  #clear(name: "delay" | "maxDelay" | "retry"): void {
    const handle = { delay: this.#delay, maxDelay: this.#maxDelay, retry: this.#retry }[name];
    if (handle !== null) this.#host.timer.clear(handle);
    if (name === "delay") this.#delay = null;
    else if (name === "maxDelay") this.#maxDelay = null;
    else this.#retry = null;
  }
}
