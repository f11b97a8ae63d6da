import { t } from "../../common/i18n/translate";
import type { Snippet, SnippetContent, SnippetRow } from "../../common/snippets/snippet";
import { rowOf } from "../../common/snippets/snippet";
import type { Language } from "../chrome/config";
import type { Layout } from "../chrome/layout";
import type { Memory } from "../chrome/memory";
import { toast } from "../chrome/widgets/toasts";
import { downloadSnippet } from "../files/transfer";
import type { Api } from "./api";
import { ApiFailure } from "./api";
import type { Conflict } from "./conflict";
import type { Desk } from "./desk";
import { type Drafts, keepSaved } from "./drafts";
import type { Sidebar } from "./sidebar";

const LEFT_OVER_MS = 30_000;

export interface ShelfParts {
  readonly api: Api;
  readonly desk: Desk;
  readonly drafts: Drafts;
  readonly conflict: Conflict;
  readonly layout: Layout;
  readonly memory: Memory;
  readonly sidebar: () => Sidebar;
  readonly languages: readonly Language[];
}

/** Takes snippets from the shelf to the desk and back: open, new, copy, rename, delete. */
export class Shelf {
  readonly #parts: ShelfParts;
  /** Only the newest wish is fulfilled. */
  #wish = 0;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  // --- At the start ----------------------------------------------------------------------------
  /** What this page shows first; the text is there when this is done. */
  async begin(wanted: number | null): Promise<void> {
    const { desk, drafts, memory } = this.#parts;
    const last = memory.get("snippet");
    const key = wanted === null ? (drafts.unsaved().find(isNew) ?? last) : String(wanted);
    if (key && desk.openDraft(key)) {
      const { id } = desk;
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
    const { desk } = this.#parts;
    const newest = rows[0];
    if (newest && desk.id === null && desk.saveState === "saved" && this.#wish === 0) {
      await this.open(newest.id);
    }
  }

  // --- Opening ---------------------------------------------------------------------------------
  async open(id: number): Promise<void> {
    const { api, conflict, desk, layout } = this.#parts;
    if (id === desk.id) {
      layout.chosen();
      return;
    }
    this.#wish += 1;
    const wish = this.#wish;
    await desk.saveLeaving();
    if (wish !== this.#wish) return;
    conflict.hide();
    if (desk.openDraft(String(id))) {
      this.#opened();
      await this.#refresh(id);
      return;
    }
    try {
      const snippet = await api.get(id);
      if (wish !== this.#wish) return;
      desk.open(snippet);
      this.#opened();
    } catch (error) {
      this.failed(error);
    }
  }

  async openNew(content = this.#empty(), dirty = false): Promise<void> {
    const { conflict, desk } = this.#parts;
    this.#wish += 1;
    await desk.saveLeaving();
    conflict.hide();
    desk.openNew(content, dirty);
    if (dirty) void desk.saveNow();
    this.#opened();
  }

  /** Texts that lie in this browser because nobody answered, or the browser crashed. */
  async saveLeftOvers(): Promise<void> {
    const { api, desk, drafts, sidebar } = this.#parts;
    for (const key of drafts.unsaved()) {
      const draft = drafts.get(key);
      // What is edited in another tab is that tab's business.
      const left = draft && key !== desk.draftKey && Date.now() - draft.at > LEFT_OVER_MS;
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

  // --- Changing what lies on the shelf -----------------------------------------------------------
  async rename(id: number, title: string): Promise<void> {
    const { api, desk, sidebar } = this.#parts;
    if (id === desk.id) desk.rename(title);
    else await this.#try(async () => sidebar().put(rowOf(await api.rename(id, title))));
  }

  async duplicate(id: number): Promise<void> {
    const { api, desk, sidebar } = this.#parts;
    if (id === desk.id) await desk.saveNow();
    await this.#try(async () => {
      const copy = await api.duplicate(id);
      sidebar().put(rowOf(copy));
      await this.open(copy.id);
    });
  }

  async download(id: number): Promise<void> {
    const { api, desk } = this.#parts;
    await this.#try(async () =>
      downloadSnippet(id === desk.id ? desk.content() : await api.get(id)),
    );
  }

  async remove(row: SnippetRow): Promise<void> {
    const { api, desk, sidebar } = this.#parts;
    const { id, title } = row;
    const wasOpen = id === desk.id;
    // What is not saved yet is part of what "undo" brings back.
    if (wasOpen) await desk.saveNow();
    await this.#try(async () => {
      await api.remove(id);
      sidebar().remove(id);
      if (wasOpen && id === desk.id) {
        desk.discard();
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
    const { api, desk } = this.#parts;
    try {
      const snippet = await api.get(id);
      desk.refresh(snippet);
      if (desk.id === id) desk.setShare(snippet.share);
    } catch (error) {
      // The copy is shown; the next save says what is wrong.
      if (!(error instanceof ApiFailure)) throw error;
      if (error.kind === "gone" && desk.id === id && desk.saveState === "saved")
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
    const { desk, memory, sidebar } = this.#parts;
    const { id } = desk;
    sidebar().mark(id);
    memory.set("snippet", desk.draftKey);
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
    this.#parts.desk.openNew({ title: t("snippet.first"), language: id, main, files }, dirty);
    this.#opened();
  }

  #language(): Language {
    const { languages, memory } = this.#parts;
    const kept = memory.get("language");
    const language = languages.find(({ id }) => id === kept) ?? languages[0];
    if (!language) throw new Error("the server knows no language");
    return language;
  }
}

function isNew(key: string): boolean {
  return key.startsWith("new-");
}

/** The open snippet as the list knows it. */
export function rowOfDesk(desk: Desk): SnippetRow {
  const { id, title, language, version } = desk;
  const updated_at = new Date().toISOString();
  return { id: id as number, title, language, version, updated_at, shared: desk.share !== null };
}
