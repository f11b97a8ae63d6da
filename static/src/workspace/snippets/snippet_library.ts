import { t } from "../../common/i18n/translate";
import type { Snippet, SnippetContent, SnippetRow } from "../../common/snippets/snippet";
import { rowOf } from "../../common/snippets/snippet";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { Language } from "../chrome/config";
import type { Layout } from "../chrome/layout";
import { toast } from "../chrome/widgets/toasts";
import type { Api } from "./api";
import { ApiFailure } from "./api";
import type { Conflict } from "./conflict";
import { type Drafts, keepSaved } from "./drafts";
import type { Sidebar } from "./sidebar";
import { downloadSnippet } from "./snippet_download";
import type { SnippetSession } from "./snippet_session";

const LEFT_OVER_MS = 30_000;

export interface SnippetLibraryParts {
  readonly api: Api;
  readonly session: SnippetSession;
  readonly drafts: Drafts;
  readonly conflict: Conflict;
  readonly layout: Layout;
  readonly storage: BrowserStorage;
  readonly sidebar: () => Sidebar;
  readonly languages: readonly Language[];
}

/** Operations on the user's snippets: open, create, duplicate, rename, delete. */
export class SnippetLibrary {
  readonly #parts: SnippetLibraryParts;
  /** Only the newest wish is fulfilled. */
  #wish = 0;

  constructor(parts: SnippetLibraryParts) {
    this.#parts = parts;
  }

  // --- At the start ----------------------------------------------------------------------------
  /** What this page shows first; the text is there when this is done. */
  async begin(wanted: number | null): Promise<void> {
    const { session, drafts, storage } = this.#parts;
    const last = storage.get("snippet");
    const key = wanted === null ? (drafts.unsaved().find(isNew) ?? last) : String(wanted);
    if (key && session.openDraft(key)) {
      const { id } = session;
      this.#opened();
      if (id !== null) void this.#refresh(id);
      return;
    }
    this.#putExample(false);
    const id = wanted ?? Number(last);
    if (id) await this.open(id);
  }

  /** Nothing is known here of what somebody has written elsewhere: shows the newest of it. */
  async firstOf(rows: readonly SnippetRow[]): Promise<void> {
    const { session } = this.#parts;
    const newest = rows[0];
    if (newest && session.id === null && session.saveState === "saved" && this.#wish === 0) {
      await this.open(newest.id);
    }
  }

  // --- Opening ---------------------------------------------------------------------------------
  async open(id: number): Promise<void> {
    const { api, conflict, session, layout } = this.#parts;
    if (id === session.id) {
      layout.chosen();
      return;
    }
    this.#wish += 1;
    const wish = this.#wish;
    await session.saveLeaving();
    if (wish !== this.#wish) return;
    conflict.hide();
    if (session.openDraft(String(id))) {
      this.#opened();
      await this.#refresh(id);
      return;
    }
    try {
      const snippet = await api.get(id);
      if (wish !== this.#wish) return;
      session.open(snippet);
      this.#opened();
    } catch (error) {
      this.failed(error);
    }
  }

  async openNew(content = this.#empty(), dirty = false): Promise<void> {
    const { conflict, session } = this.#parts;
    this.#wish += 1;
    await session.saveLeaving();
    conflict.hide();
    session.openNew(content, dirty);
    if (dirty) void session.saveNow();
    this.#opened();
  }

  /** Texts that lie in this browser because nobody answered, or the browser crashed. */
  async saveLeftOvers(): Promise<void> {
    const { api, session, drafts, sidebar } = this.#parts;
    for (const key of drafts.unsaved()) {
      const draft = drafts.get(key);
      // What is edited in another tab is that tab's business.
      const left = draft && key !== session.draftKey && Date.now() - draft.at > LEFT_OVER_MS;
      if (!left) continue;
      const answer = await api.save(draft, draft.content);
      if (answer.kind !== "saved") continue;
      keepSaved(drafts, key, answer.snippet);
      sidebar().put(rowOf(answer.snippet));
    }
  }

  /** The server has it: the list, the address and the next visit know. */
  saved(snippet: Snippet): void {
    this.#parts.sidebar().put(rowOf(snippet));
    this.#mark();
  }

  // --- Changing saved snippets -----------------------------------------------------------------
  async rename(id: number, title: string): Promise<void> {
    const { api, session, sidebar } = this.#parts;
    if (id === session.id) session.rename(title);
    else await this.#try(async () => sidebar().put(rowOf(await api.rename(id, title))));
  }

  async duplicate(id: number): Promise<void> {
    const { api, session, sidebar } = this.#parts;
    if (id === session.id) await session.saveNow();
    await this.#try(async () => {
      const copy = await api.duplicate(id);
      sidebar().put(rowOf(copy));
      await this.open(copy.id);
    });
  }

  async download(id: number): Promise<void> {
    const { api, session } = this.#parts;
    await this.#try(async () =>
      downloadSnippet(id === session.id ? session.content() : await api.get(id)),
    );
  }

  async remove(row: SnippetRow): Promise<void> {
    const { api, session, sidebar } = this.#parts;
    const { id, title } = row;
    const wasOpen = id === session.id;
    // What is not saved yet is part of what "undo" brings back.
    if (wasOpen) await session.saveNow();
    await this.#try(async () => {
      await api.remove(id);
      sidebar().remove(id);
      if (wasOpen && id === session.id) {
        session.discard();
        await this.openNew();
      }
      const undo = () => void this.#restore(id, wasOpen);
      toast(t("snippet.deleted", { title }), "news", { label: t("undo"), run: undo });
    });
  }

  failed(error: unknown): void {
    if (!(error instanceof ApiFailure)) throw error;
    toast(error.message, "problem");
  }

  // --- Inside ------------------------------------------------------------------------------------
  async #restore(id: number, open: boolean): Promise<void> {
    const { api, sidebar } = this.#parts;
    await this.#try(async () => {
      await api.restore(id);
      await sidebar().load();
      if (open) await this.open(id);
    });
  }

  async #refresh(id: number): Promise<void> {
    const { api, session } = this.#parts;
    try {
      const snippet = await api.get(id);
      session.refresh(snippet);
      if (session.id === id) session.setShare(snippet.share);
    } catch (error) {
      // The copy is shown; the next save says what is wrong.
      if (!(error instanceof ApiFailure)) throw error;
      if (error.kind === "gone" && session.id === id && session.saveState === "saved")
        void this.openNew();
    }
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.failed(error);
    }
  }

  #opened(): void {
    this.#mark();
    this.#parts.layout.chosen();
  }

  #mark(): void {
    const { session, storage, sidebar } = this.#parts;
    const { id } = session;
    sidebar().mark(id);
    storage.set("snippet", session.draftKey);
    const address = id === null ? "/" : `/snippets/${id}/`;
    if (location.pathname !== address) history.replaceState(null, "", address);
  }

  #empty(): SnippetContent {
    const language = this.#language();
    const files = [{ path: language.main, content: "" }];
    return { title: t("snippet.untitled"), language: language.id, main: language.main, files };
  }

  #putExample(dirty: boolean): void {
    const { id, main, example } = this.#language();
    const files = [{ path: main, content: example }];
    this.#parts.session.openNew({ title: t("snippet.first"), language: id, main, files }, dirty);
    this.#opened();
  }

  #language(): Language {
    const { languages, storage } = this.#parts;
    const kept = storage.get("language");
    const language = languages.find(({ id }) => id === kept) ?? languages[0];
    if (!language) throw new Error("the server knows no language");
    return language;
  }
}

function isNew(key: string): boolean {
  return key.startsWith("new-");
}

/** The open snippet as the list knows it. */
export function rowOfSession(session: SnippetSession): SnippetRow {
  const { id, title, language, version } = session;
  const updated_at = new Date().toISOString();
  return { id: id as number, title, language, version, updated_at, shared: session.share !== null };
}
