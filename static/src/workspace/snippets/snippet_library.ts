// size: one class, all actions on a user's snippets
import { at } from "../../common/base/paths";
import { t } from "../../common/i18n/translate";
import { rowOf, type SnippetContent } from "../../common/snippets/snippet";
import type { LanguageOption, Snippet, SnippetRow } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { Layout } from "../chrome/layout";
import { toast } from "../chrome/widgets/toasts";
import { saveAbandonedDrafts } from "./abandoned_drafts";
import { type Api, ApiFailure } from "./api";
import type { Conflict } from "./conflict";
import type { Drafts } from "./drafts";
import type { Sidebar, SidebarAction } from "./sidebar";
import { downloadSnippet } from "./snippet_download";
import type { SnippetSession } from "./snippet_session";

export interface SnippetLibraryDependencies {
  readonly api: Api;
  readonly session: SnippetSession;
  readonly drafts: Drafts;
  readonly conflict: Conflict;
  readonly layout: Layout;
  readonly storage: BrowserStorage;
  readonly sidebar: Sidebar;
  readonly languages: readonly LanguageOption[];
  /** The language of who has chosen none. */
  readonly preselected: string;
}

/** Operations on the user's snippets: open, create, duplicate, rename, delete. */
export class SnippetLibrary {
  readonly #deps: SnippetLibraryDependencies;
  /** Counts requests to open a snippet: only the newest one is carried out. */
  #requests = 0;

  constructor(deps: SnippetLibraryDependencies) {
    this.#deps = deps;
    deps.sidebar.onDidChooseAction((action) => void this.#handleAction(action));
    deps.sidebar.onDidFail((error) => this.#showError(error));
    deps.session.onDidSave((snippet) => this.#handleSaved(snippet));
  }

  // --- At the start ----------------------------------------------------------------------------
  /** Opens the snippet that the page shows first. When it resolves, the text is in the editor. */
  async openFirst(wanted: number | null): Promise<void> {
    const { session, drafts, storage } = this.#deps;
    const last = storage.get("snippet");
    const key = wanted === null ? (drafts.unsaved().find(isNew) ?? last) : String(wanted);
    if (key && session.openDraft(key)) {
      const { id } = session;
      this.#showOpened();
      if (id !== null) void this.#refresh(id);
      return;
    }
    this.#openExample();
    const id = wanted ?? Number(last);
    if (id) await this.open(id);
  }

  /** This browser has no draft, but the user has snippets: opens the newest. */
  async openNewestOf(rows: readonly SnippetRow[]): Promise<void> {
    const { session } = this.#deps;
    const newest = rows[0];
    if (newest && session.id === null && session.saveState === "saved" && this.#requests === 0) {
      await this.open(newest.id);
    }
  }

  // --- Opening ---------------------------------------------------------------------------------
  async open(id: number): Promise<void> {
    const { api, conflict, session, layout } = this.#deps;
    if (id === session.id) {
      layout.showOpenedSnippet();
      return;
    }
    this.#requests += 1;
    const request = this.#requests;
    await session.saveBeforeLeaving();
    if (request !== this.#requests) return;
    conflict.hide();
    if (session.openDraft(String(id))) {
      this.#showOpened();
      await this.#refresh(id);
      return;
    }
    try {
      const snippet = await api.get(id);
      if (request !== this.#requests) return;
      session.open(snippet);
      this.#showOpened();
    } catch (error) {
      this.#showError(error);
    }
  }

  async openNew(content = this.#empty(), dirty = false): Promise<void> {
    const { conflict, session } = this.#deps;
    this.#requests += 1;
    await session.saveBeforeLeaving();
    conflict.hide();
    session.openNew(content, dirty);
    if (dirty) void session.saveNow();
    this.#showOpened();
  }

  async saveAbandonedDrafts(): Promise<void> {
    const { api, session, drafts, sidebar } = this.#deps;
    const isOpen = (key: string) => key === session.draftKey;
    for await (const snippet of saveAbandonedDrafts(api, drafts, isOpen)) {
      sidebar.put(rowOf(snippet));
    }
  }

  #handleSaved(snippet: Snippet): void {
    this.#deps.sidebar.put(rowOf(snippet));
    this.#markOpen();
  }

  // --- Changing saved snippets -----------------------------------------------------------------
  async #rename(id: number, title: string): Promise<void> {
    const { api, session, sidebar } = this.#deps;
    if (id === session.id) session.rename(title);
    else await this.#reportFailure(async () => sidebar.put(rowOf(await api.rename(id, title))));
  }

  async duplicate(id: number): Promise<void> {
    const { api, session, sidebar } = this.#deps;
    if (id === session.id) await session.saveNow();
    await this.#reportFailure(async () => {
      const copy = await api.duplicate(id);
      sidebar.put(rowOf(copy));
      await this.open(copy.id);
    });
  }

  async #download(id: number): Promise<void> {
    const { api, session } = this.#deps;
    await this.#reportFailure(async () =>
      downloadSnippet(id === session.id ? session.content() : await api.get(id)),
    );
  }

  async remove(row: SnippetRow): Promise<void> {
    const { api, session, sidebar } = this.#deps;
    const { id, title } = row;
    const wasOpen = id === session.id;
    // Undo restores what the server has: unsaved edits have to be saved first.
    if (wasOpen) await session.saveNow();
    await this.#reportFailure(async () => {
      await api.remove(id);
      sidebar.remove(id);
      if (wasOpen && id === session.id) {
        session.discard();
        await this.openNew();
      }
      const undo = () => void this.#restore(id, wasOpen);
      toast(t("snippet.deleted", { title }), "news", { label: t("command.undo"), run: undo });
    });
  }

  #showError(error: unknown): void {
    if (!(error instanceof ApiFailure)) throw error;
    toast(error.message, "problem");
  }

  // --- Inside ------------------------------------------------------------------------------------
  #handleAction(action: SidebarAction): Promise<void> {
    switch (action.kind) {
      case "open":
        return this.open(action.id);
      case "rename":
        return this.#rename(action.id, action.title);
      case "duplicate":
        return this.duplicate(action.id);
      case "download":
        return this.#download(action.id);
      case "remove":
        return this.remove(action.row);
    }
  }

  async #restore(id: number, open: boolean): Promise<void> {
    const { api, sidebar } = this.#deps;
    await this.#reportFailure(async () => {
      await api.restore(id);
      await sidebar.load();
      if (open) await this.open(id);
    });
  }

  async #refresh(id: number): Promise<void> {
    const { api, session } = this.#deps;
    try {
      const snippet = await api.get(id);
      session.refresh(snippet);
      if (session.id === id) session.setShare(snippet.share);
    } catch (error) {
      // The draft is shown; the next save reports the failure.
      if (!(error instanceof ApiFailure)) throw error;
      if (error.kind === "gone" && session.id === id && session.saveState === "saved")
        void this.openNew();
    }
  }

  async #reportFailure(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#showError(error);
    }
  }

  #showOpened(): void {
    this.#markOpen();
    this.#deps.layout.showOpenedSnippet();
  }

  #markOpen(): void {
    const { session, storage, sidebar } = this.#deps;
    const { id } = session;
    sidebar.mark(id);
    storage.set("snippet", session.draftKey);
    const address = at(id === null ? "/" : `/snippets/${id}/`);
    if (location.pathname !== address) history.replaceState(null, "", address);
  }

  #empty(): SnippetContent {
    const language = this.#language();
    const files = [{ path: language.main, content: "" }];
    return { title: t("snippet.untitled"), language: language.id, main: language.main, files };
  }

  #openExample(): void {
    const { id, main, example } = this.#language();
    const files = [{ path: main, content: example }];
    this.#deps.session.openNew({ title: t("snippet.first"), language: id, main, files }, false);
    this.#showOpened();
  }

  #language(): LanguageOption {
    const { languages, storage, preselected } = this.#deps;
    const offered = languages.filter(({ available }) => available);
    const find = (wanted: string | null) => offered.find(({ id }) => id === wanted);
    const language =
      find(storage.get("language")) ?? find(preselected) ?? offered[0] ?? languages[0];
    if (!language) throw new Error("the server offers no language");
    return language;
  }
}

function isNew(key: string): boolean {
  return key.startsWith("new-");
}

/** The open snippet as a row of the list. */
export function rowOfSession(session: SnippetSession): SnippetRow {
  const { id, title, language, version } = session;
  const updated_at = new Date().toISOString();
  return { id: id as number, title, language, version, updated_at, shared: session.share !== null };
}
