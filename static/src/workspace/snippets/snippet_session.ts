// size: one class, the open snippet in editor, browser and server
import { Emitter } from "../../common/base/emitter";
import {
  Autosave,
  type SavedVersion,
  type SaveResult,
  type SaveState,
} from "../../common/snippets/autosave";
import type { AddedFile } from "../../common/snippets/open_files";
import { contentOf, type SnippetContent, sameContent } from "../../common/snippets/snippet";
import { SnippetBreakpoints } from "../../common/snippets/snippet_breakpoints";
import { savableTitle } from "../../common/snippets/source_files";
import type { EditorHost } from "../../editor/editor_host";
import type { LanguageOption, Share, Snippet } from "../../protocol.gen";
import { timer } from "../../terminal/timer";
import type { Api } from "./api";
import { DraftWriter } from "./draft_writer";
import { type Drafts, newDraftKey, storeSaved } from "./drafts";
import { EditorFiles } from "./editor_files";

const LEAVE_MS = 1500;

export interface SaveStateChange {
  readonly state: SaveState;
  /** Why the server refused to save; empty in all other states. */
  readonly message: string;
}

/** Keys of a snippet's draft. */
export interface KeyChange {
  readonly before: string;
  readonly after: string;
}

/** The open snippet: its files, its edits, its saves, and its draft in this browser. */
export class SnippetSession {
  readonly #didChange = new Emitter();
  /** The title, the files, the language, or which file is shown. */
  readonly onDidChange = this.#didChange.event;
  readonly #didNameFiles = new Emitter<readonly string[]>();
  /** Files were added or renamed: their paths. */
  readonly onDidNameFiles = this.#didNameFiles.event;
  readonly #didChangeSaveState = new Emitter<SaveStateChange>();
  readonly onDidChangeSaveState = this.#didChangeSaveState.event;
  readonly #didSave = new Emitter<Snippet>();
  /** Also fired for a snippet that was left while it was being saved. */
  readonly onDidSave = this.#didSave.event;
  readonly #didChangeKey = new Emitter<KeyChange>();
  /** A snippet, maybe not the open one any more, was saved for the first time. */
  readonly onDidChangeKey = this.#didChangeKey.event;
  readonly #didConflict = new Emitter<Snippet>();
  /** Another window saved the value, and this one has edits that the value does not have. */
  readonly onDidConflict = this.#didConflict.event;
  readonly #didFindDeleted = new Emitter();
  /** Another window deleted the snippet; its text is saved as a new one. */
  readonly onDidFindDeleted = this.#didFindDeleted.event;
  /** The browser has no room for text that is not saved yet. */
  readonly onDidFailToStoreDraft;

  #title = "";
  #language = "";
  #share: Share | null = null;
  readonly #files: EditorFiles;
  readonly #breakpoints: SnippetBreakpoints;
  readonly #drafts: Drafts;
  readonly #draft: DraftWriter;
  readonly #autosave: Autosave;
  readonly #api: Pick<Api, "save">;

  constructor(editor: EditorHost, drafts: Drafts, api: Pick<Api, "save">) {
    this.#files = new EditorFiles(editor);
    this.#drafts = drafts;
    this.#api = api;
    this.#autosave = new Autosave({
      timer,
      random: Math.random,
      content: () => this.content(),
      save: (saved, content) => this.#save(saved, content),
      changed: (state, message) => this.#didChangeSaveState.fire({ state, message }),
      saved: (snippet) => this.#handleSaved(snippet),
      conflicted: (current) => this.#didConflict.fire(current),
      gone: () => this.#didFindDeleted.fire(),
    });
    this.#draft = new DraftWriter(drafts, () => {
      const { id, version } = this.#autosave.saved;
      return { id, version, content: this.content(), share: this.#share };
    });
    this.onDidFailToStoreDraft = this.#draft.onDidFail;
    const edited = () => {
      this.#draft.schedule();
      this.#autosave.edited();
    };
    editor.onDidChange(edited);
    this.#breakpoints = new SnippetBreakpoints(editor.breakpoints, edited);
  }

  // --- The open snippet ------------------------------------------------------------------------
  get id(): number | null {
    return this.#autosave.saved.id;
  }

  get version(): number {
    return this.#autosave.saved.version;
  }

  get draftKey(): string {
    return this.#draft.key;
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

  get files(): EditorFiles["list"] {
    return this.#files.list;
  }

  get saveState(): SaveState {
    return this.#autosave.state;
  }

  content(): SnippetContent {
    const breakpoints = this.#breakpoints.read();
    return { title: this.#title, language: this.#language, ...this.#files.read(), ...breakpoints };
  }

  // --- Opening ---------------------------------------------------------------------------------
  /** A snippet that was never saved. `dirty`: it shall be saved without another edit. */
  openNew(content: SnippetContent, dirty: boolean, key = newDraftKey()): void {
    this.#load(content, key, null);
    this.#autosave.open({ id: null, version: 0 }, dirty);
    this.#draft.setServerContent(dirty ? null : this.content());
    if (dirty) this.#draft.write();
  }

  open(snippet: Snippet): void {
    this.#load(snippet, String(snippet.id), snippet.share);
    this.#lock(snippet);
    this.#autosave.open({ id: snippet.id, version: snippet.version }, false);
    this.#draft.setServerContent(this.content());
    this.#draft.write();
  }

  /** Opens this browser's copy, before the server is asked. False: there is none. */
  openDraft(key: string): boolean {
    const draft = this.#drafts.get(key);
    if (!draft) return false;
    this.#load(draft.content, key, draft.share);
    this.#draft.setServerContent(draft.dirty ? null : this.content());
    this.#autosave.open({ id: draft.id, version: draft.version }, draft.dirty);
    return true;
  }

  /** The server's newest version of a draft that was opened. Unsaved edits stay: a conflict. */
  refresh(snippet: Snippet): void {
    if (snippet.id !== this.id) return;
    this.#lock(snippet);
    if (snippet.version < this.version) return;
    if (snippet.version === this.version) this.#refreshBreakpoints(snippet);
    else if (this.#autosave.clean) this.open(snippet);
    else if (sameContent(this.content(), snippet)) this.open(snippet);
    else this.#didConflict.fire(snippet);
  }

  /** Lines of starter code that stay as they are. */
  #lock({ main, locked }: Snippet): void {
    this.#files.lock(main, locked ?? []);
  }

  /** Another browser has set some: that is no new version of the text. */
  #refreshBreakpoints(snippet: Snippet): void {
    if (!this.#autosave.clean) return;
    this.#breakpoints.load(snippet);
    this.#draft.setServerContent(this.content());
    this.#draft.write();
  }

  // --- Editing ---------------------------------------------------------------------------------
  rename(title: string): void {
    if (title === this.#title) return;
    this.#title = title;
    this.#handleEdit();
  }

  /**
   * `untouched`: the main file is as it was given, and becomes the language's example; what a user has
   * written is kept. A console reads no main file: nothing changes.
   */
  setLanguage(language: LanguageOption, untouched: boolean): void {
    const { id, main, extensions, example } = language;
    if (id === this.#language) return;
    this.#language = id;
    if (!language.console) this.#files.useMain(main, extensions, untouched ? example : null);
    this.#handleEdit();
  }

  show(path: string): void {
    if (this.#files.show(path)) this.#didChange.fire();
  }

  addFiles(added: readonly AddedFile[]): void {
    this.#files.add(added);
    this.#handleEdit();
    this.#didNameFiles.fire(added.map(({ path }) => path));
  }

  renameFile(path: string, wanted: string): void {
    if (!this.#files.rename(path, wanted)) return;
    this.#breakpoints.rename(path, wanted);
    this.#handleEdit();
    this.#didNameFiles.fire([wanted]);
  }

  removeFile(path: string): void {
    if (!this.#files.remove(path)) return;
    this.#breakpoints.keepOnly(this.#files.list.paths);
    this.#handleEdit();
  }

  setMain(path: string): void {
    if (this.#files.setMain(path)) this.#handleEdit();
  }

  // --- Saving ----------------------------------------------------------------------------------
  saveNow(): Promise<number | null> {
    this.#draft.write();
    return this.#autosave.saveNow();
  }

  /** Before another snippet opens: waits up to LEAVE_MS for the last edits to be saved. */
  async saveBeforeLeaving(): Promise<void> {
    this.#draft.write();
    const { state } = this.#autosave;
    if (state !== "unsaved" && state !== "saving") return;
    const timeout = new Promise<void>((resolve) => timer.set(resolve, LEAVE_MS));
    await Promise.race([this.#autosave.saveNow(), timeout]);
  }

  retrySave(): void {
    this.#autosave.retryNow();
  }

  storeDraft(): void {
    this.#draft.write();
  }

  /** Resolves a conflict: the text here becomes the version after `theirs`. */
  saveOver(theirs: Snippet): void {
    this.#autosave.resolveConflict({ id: theirs.id, version: theirs.version }, true);
    this.#draft.write();
  }

  setShare(share: Share | null): void {
    this.#share = share;
    this.#draft.write();
  }

  /** The snippet was deleted: neither its draft nor its edits are kept. */
  discard(): void {
    this.#draft.remove();
    this.#autosave.open({ id: null, version: 0 }, false);
    this.#draft.setServerContent(this.content());
  }

  async #save(saved: SavedVersion, content: SnippetContent): Promise<SaveResult> {
    const key = this.#draft.key;
    const result = await this.#api.save(saved, content);
    // Autosave ignores the result if another snippet was opened meanwhile; its draft must not stay
    // marked as unsaved.
    if (result.kind === "saved" && key !== this.#draft.key) {
      storeSaved(this.#drafts, key, result.snippet);
      this.#tellKey(key, result.snippet);
      this.#didSave.fire(result.snippet);
    }
    return result;
  }

  #handleSaved(snippet: Snippet): void {
    const { key } = this.#draft;
    this.#draft.setKey(String(snippet.id));
    this.#tellKey(key, snippet);
    this.#share = snippet.share;
    this.#draft.setServerContent(contentOf(snippet));
    this.#draft.write();
    this.#didSave.fire(snippet);
  }

  #tellKey(before: string, { id }: Snippet): void {
    const after = String(id);
    if (before !== after) this.#didChangeKey.fire({ before, after });
  }

  #handleEdit(): void {
    this.#draft.write();
    this.#autosave.edited();
    this.#didChange.fire();
  }

  #load(content: SnippetContent, draftKey: string, share: Share | null): void {
    this.#draft.open(draftKey);
    this.#files.lock("", []);
    this.#share = share;
    this.#title = savableTitle(content.title);
    this.#language = content.language;
    this.#files.load(content.files, content.main);
    this.#breakpoints.load(content);
    this.#didChange.fire();
  }
}
