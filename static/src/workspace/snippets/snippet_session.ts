import {
  Autosave,
  type SaveAnswer,
  type Saved,
  type SaveState,
} from "../../common/snippets/autosave";
import { OpenFiles } from "../../common/snippets/open_files";
import {
  contentOf,
  type Share,
  type Snippet,
  type SnippetContent,
  sameContent,
} from "../../common/snippets/snippet";
import { languageOf } from "../../common/snippets/source_files";
import type { EditorHost } from "../../editor/editor_host";
import type { SourceFile } from "../../protocol.gen";
import { timer } from "../chrome/timer";
import { type Drafts, keepSaved } from "./drafts";

const KEEP_AFTER_MS = 300;
const LEAVE_MS = 1500;

export interface SnippetSessionHost {
  readonly editor: EditorHost;
  readonly drafts: Drafts;
  save(saved: Saved, content: SnippetContent): Promise<SaveAnswer>;
  /** Title, files, or which of them is shown. */
  changed(): void;
  saving(state: SaveState, message: string): void;
  saved(snippet: Snippet): void;
  conflicted(current: Snippet): void;
  gone(): void;
  /** The browser has no room for a copy of what is not saved yet. */
  unkept(): void;
}

/** The snippet that is worked on: its files, its saves, its copy in this browser. */
export class SnippetSession {
  #title = "";
  #language = "";
  #share: Share | null = null;
  #draftKey = "";
  #keepTimer = 0;
  #base: SnippetContent | null = null;
  readonly #files = new OpenFiles();
  readonly #autosave: Autosave;
  readonly #host: SnippetSessionHost;

  constructor(host: SnippetSessionHost) {
    this.#host = host;
    this.#autosave = new Autosave({
      timer,
      random: Math.random,
      content: () => this.content(),
      save: (saved, content) => this.#save(saved, content),
      changed: (state, message) => host.saving(state, message),
      saved: (snippet) => this.#wasSaved(snippet),
      conflicted: (current) => host.conflicted(current),
      gone: () => host.gone(),
    });
    window.addEventListener("pagehide", () => this.keep());
  }

  // --- The open snippet ------------------------------------------------------------------------
  get id(): number | null {
    return this.#autosave.saved.id;
  }

  get version(): number {
    return this.#autosave.saved.version;
  }

  get draftKey(): string {
    return this.#draftKey;
  }

  get title(): string {
    return this.#title;
  }

  get language(): string {
    return this.#language;
  }

  get share(): Share | null {
    return this.#share;
  }

  /** To look at; what changes them is below. */
  get files(): Pick<OpenFiles, "main" | "paths" | "shown" | "visit"> {
    return this.#files;
  }

  get saveState(): SaveState {
    return this.#autosave.state;
  }

  content(): SnippetContent {
    this.#takeText();
    const { main, files } = this.#files;
    return { title: this.#title, language: this.#language, main, files };
  }

  // --- Opening -------------------------------------------------------------------------------
  /** Never saved; `dirty` when it shall be, without another edit. */
  openNew(content: SnippetContent, dirty: boolean, key = `new-${crypto.randomUUID()}`): void {
    this.#put(content, key, null);
    this.#autosave.open({ id: null, version: 0 }, dirty);
    this.#base = dirty ? null : this.content();
    if (dirty) this.keep();
  }

  open(snippet: Snippet): void {
    this.#put(snippet, String(snippet.id), snippet.share);
    this.#autosave.open({ id: snippet.id, version: snippet.version }, false);
    this.#base = this.content();
    this.keep();
  }

  /** The copy this browser has, before the server has been asked. */
  openDraft(key: string): boolean {
    const draft = this.#host.drafts.get(key);
    if (!draft) return false;
    this.#put(draft.content, key, draft.share);
    this.#base = draft.dirty ? null : this.content();
    this.#autosave.open({ id: draft.id, version: draft.version }, draft.dirty);
    return true;
  }

  /** The server's newest, for a copy that was shown: edits stay, and meet it when they are saved. */
  refresh(snippet: Snippet): void {
    if (snippet.id !== this.id || snippet.version <= this.version) return;
    if (this.#autosave.clean) this.open(snippet);
    else if (sameContent(this.content(), snippet)) this.open(snippet);
    else this.#host.conflicted(snippet);
  }

  // --- Editing -------------------------------------------------------------------------------
  /** The text in the editor has changed. */
  typed(): void {
    this.#keepTimer ||= window.setTimeout(() => this.keep(), KEEP_AFTER_MS);
    this.#autosave.edited();
  }

  setText(text: string): void {
    this.#host.editor.setText(text);
  }

  rename(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.#edited();
  }

  /** A program of one untouched file becomes that language's example; others keep their text. */
  setLanguage(language: string, main: string, example: string, untouched: boolean): void {
    if (language === this.#language) return;
    this.#language = language;
    if (this.#files.paths.length === 1) {
      this.#files.rename(this.#files.shown, main);
      if (untouched) this.#host.editor.setText(example);
      this.#host.editor.setLanguage(languageOf(main));
    }
    this.#edited();
  }

  show(path: string): void {
    const file = this.#files.find(path);
    if (!file || file === this.#files.shown) return;
    this.#takeText();
    this.#files.show(file);
    this.#showFile();
    this.#host.changed();
  }

  addFiles(added: readonly SourceFile[]): void {
    this.#files.add(added);
    const last = added.at(-1);
    if (last) this.show(last.path);
    this.#edited();
  }

  renameFile(path: string, wanted: string): void {
    const file = this.#files.find(path);
    if (!file) return;
    this.#files.rename(file, wanted);
    if (file === this.#files.shown) this.#host.editor.setLanguage(languageOf(wanted));
    this.#edited();
  }

  removeFile(path: string): void {
    this.#takeText();
    const [file, { shown }] = [this.#files.find(path), this.#files];
    if (!file || !this.#files.remove(file)) return;
    if (file === shown) this.#showFile();
    this.#host.editor.forget(file.key);
    this.#edited();
  }

  setMain(path: string): void {
    const file = this.#files.find(path);
    if (!file) return;
    this.#files.setMain(file);
    this.#edited();
  }

  // --- Saving --------------------------------------------------------------------------------
  saveNow(): Promise<number | null> {
    this.keep();
    return this.#autosave.saveNow();
  }

  /** Before another snippet opens: waits up to LEAVE_MS for the last edits to be saved. */
  async saveLeaving(): Promise<void> {
    this.keep();
    const { state } = this.#autosave;
    if (state !== "unsaved" && state !== "saving") return;
    const late = new Promise<void>((resolve) => timer.set(resolve, LEAVE_MS));
    await Promise.race([this.#autosave.saveNow(), late]);
  }

  wake(): void {
    this.#autosave.wake();
  }

  /** Mine shall be the next version after theirs. */
  keepMine(theirs: Snippet): void {
    this.#autosave.settle({ id: theirs.id, version: theirs.version }, true);
    this.keep();
  }

  setShare(share: Share | null): void {
    this.#share = share;
    this.keep();
  }

  /** Nothing of it shall be kept or saved: it was deleted. */
  discard(): void {
    this.#host.drafts.remove(this.#draftKey);
    this.#autosave.open({ id: null, version: 0 }, false);
    this.#base = this.content();
  }

  keep(): void {
    window.clearTimeout(this.#keepTimer);
    this.#keepTimer = 0;
    const content = this.content();
    const dirty = this.#base === null || !sameContent(this.#base, content);
    const { id, version } = this.#autosave.saved;
    if (id === null && !dirty) return;
    const draft = { id, version, content, share: this.#share, dirty, at: Date.now() };
    if (!this.#host.drafts.put(this.#draftKey, draft) && dirty) this.#host.unkept();
  }

  /** If another snippet was opened meanwhile, the result only updates the draft. */
  async #save(saved: Saved, content: SnippetContent): Promise<SaveAnswer> {
    const key = this.#draftKey;
    const answer = await this.#host.save(saved, content);
    if (answer.kind === "saved" && key !== this.#draftKey) {
      keepSaved(this.#host.drafts, key, answer.snippet);
      this.#host.saved(answer.snippet);
    }
    return answer;
  }

  #wasSaved(snippet: Snippet): void {
    const key = String(snippet.id);
    if (key !== this.#draftKey) this.#host.drafts.remove(this.#draftKey);
    this.#draftKey = key;
    this.#share = snippet.share;
    this.#base = contentOf(snippet);
    this.keep();
    this.#host.saved(snippet);
  }

  #edited(): void {
    this.keep();
    this.#autosave.edited();
    this.#host.changed();
  }

  #put(content: SnippetContent, draftKey: string, share: Share | null): void {
    window.clearTimeout(this.#keepTimer);
    this.#keepTimer = 0;
    this.#draftKey = draftKey;
    this.#share = share;
    this.#title = content.title;
    this.#language = content.language;
    this.#files.put(content.files, content.main);
    this.#host.editor.forget();
    this.#showFile();
    this.#host.changed();
  }

  #showFile(): void {
    const { key, path, content } = this.#files.shown;
    this.#host.editor.show({ key, text: content, language: languageOf(path) });
  }

  #takeText(): void {
    this.#files.shown.content = this.#host.editor.getText();
  }
}
