import { Emitter } from "../../common/base/emitter";
import { ago } from "../../common/i18n/dates";
import { problemSentence } from "../../common/i18n/server_sentences";
import { t } from "../../common/i18n/translate";
import { titleProblem } from "../../common/snippets/source_files";
import type { SnippetRow } from "../../protocol.gen";
import { byId, byTestId, iconButton, make } from "../chrome/widgets/dom";
import { inlineInput } from "../chrome/widgets/inline_input";
import { openMenu } from "../chrome/widgets/menu";
import { toast } from "../chrome/widgets/toasts";
import type { Api } from "./api";

const SEARCH_AFTER_MS = 150;
/** The next page is requested at this distance from the end of the list. */
const AHEAD = 400; // pixels

/** What the user wants to do with a snippet of the list. */
export type SidebarAction =
  | { readonly kind: "open" | "duplicate" | "download"; readonly id: number }
  | { readonly kind: "rename"; readonly id: number; readonly title: string }
  | { readonly kind: "remove"; readonly row: SnippetRow };

/** The list of snippets, the newest first: loaded page by page while scrolling, and searchable. */
export class Sidebar {
  readonly #didChooseAction = new Emitter<SidebarAction>();
  readonly onDidChooseAction = this.#didChooseAction.event;
  readonly #didFail = new Emitter<unknown>();
  /** A page of the list could not be loaded. */
  readonly onDidFail = this.#didFail.event;
  readonly #list = byTestId("snippet-list");
  readonly #search = byId<HTMLInputElement>("snippet-search");
  readonly #empty = byId("snippets-empty");
  readonly #scroll = byId("snippet-scroll");
  readonly #api: Pick<Api, "list">;
  readonly #languageName: (id: string) => string;
  #rows: SnippetRow[] = [];
  #next: number | null = null;
  #open: number | null = null;
  #renaming: number | null = null;
  /** Counts requests: only the newest one's response is shown. */
  #requests = 0;
  #timer = 0;

  constructor(api: Pick<Api, "list">, languageName: (id: string) => string) {
    this.#api = api;
    this.#languageName = languageName;
    this.#search.addEventListener("input", () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.load(), SEARCH_AFTER_MS);
    });
    this.#search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.#list.querySelector<HTMLElement>(".row-open")?.focus();
    });
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#scroll.addEventListener("scroll", () => this.#loadAhead(), { passive: true });
  }

  async load(): Promise<SnippetRow[]> {
    this.#next = null;
    return (await this.#loadPage(1)) ? this.#rows : [];
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  /** Adds or updates the row of a snippet that was saved, and moves it to the top. */
  put(row: SnippetRow): void {
    const known = this.#rows.findIndex(({ id }) => id === row.id);
    const words = this.#search.value.trim() !== "";
    if (known < 0 && words) return;
    const place = words ? known : 0;
    if (known >= 0) this.#rows.splice(known, 1);
    this.#rows.splice(place, 0, row);
    if (this.#editingTitle) return;
    // The list can have thousands of rows: only one moves.
    this.#itemOf(row.id)?.remove();
    this.#list.insertBefore(this.#item(row), this.#list.children[place] ?? null);
    this.#showEmptyText();
  }

  remove(id: number): void {
    this.#rows = this.#rows.filter((row) => row.id !== id);
    this.#show();
  }

  mark(id: number | null): void {
    this.#open = id;
    for (const item of this.#list.children) this.#markItem(item as HTMLElement);
  }

  #renameInPlace(id: number): void {
    this.#renaming = id;
    this.#show();
  }

  #loadAhead(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    const near = clientHeight > 0 && scrollHeight - scrollTop - clientHeight < AHEAD;
    if (near && this.#next !== null) void this.#loadPage(this.#next);
  }

  async #loadPage(page: number): Promise<boolean> {
    this.#requests += 1;
    const request = this.#requests;
    this.#next = null;
    try {
      const answer = await this.#api.list(this.#search.value.trim(), page);
      if (request !== this.#requests) return true;
      // Saving moves rows: the same row may be on two pages.
      const known = new Set(page === 1 ? [] : this.#rows.map(({ id }) => id));
      const fresh = answer.snippets.filter(({ id }) => !known.has(id));
      this.#rows = page === 1 ? [...fresh] : [...this.#rows, ...fresh];
      this.#next = answer.next;
      if (page === 1 && answer.complete === false) toast(t("snippets.search_cut"), "news");
      if (page === 1) this.#show();
      else this.#list.append(...fresh.map((row) => this.#item(row)));
      this.#loadAhead();
      return true;
    } catch (error) {
      if (request === this.#requests) {
        this.#showEmpty(t("snippets.unreachable"));
        this.#didFail.fire(error);
      }
      return false;
    }
  }

  /** True while the user edits a title in the list; rendering the row again would lose it. */
  get #editingTitle(): boolean {
    return this.#renaming !== null && this.#list.querySelector(".inline-input") !== null;
  }

  #itemOf(id: number): Element | null {
    return this.#list.querySelector(`[data-id="${id}"]`);
  }

  #show(): void {
    if (this.#editingTitle) return;
    this.#list.replaceChildren(...this.#rows.map((row) => this.#item(row)));
    this.#showEmptyText();
  }

  #showEmptyText(): void {
    const words = this.#search.value.trim();
    byId("snippets-start").hidden = words !== "";
    this.#showEmpty(words ? t("snippets.none_found", { words }) : t("snippets.none"));
  }

  #showEmpty(text: string): void {
    byId("snippets-empty-words").textContent = text;
    this.#empty.hidden = this.#rows.length > 0;
  }

  #item(row: SnippetRow): HTMLElement {
    const item = make("li", { class: "row", "data-id": row.id });
    if (row.id === this.#renaming) item.append(this.#nameField(row));
    else {
      const details = `${this.#languageName(row.language)} · ${ago(row.updated_at, Date.now())}`;
      const meta = row.shared ? `${details} · ${t("snippet.shared")}` : details;
      const open = make(
        "button",
        { type: "button", class: "row-open" },
        make("span", { class: "row-title" }, row.title),
        make("span", { class: "row-meta" }, meta),
      );
      open.addEventListener("click", () => this.#choose({ kind: "open", id: row.id }));
      open.addEventListener("dblclick", () => this.#renameInPlace(row.id));
      const more = iconButton("more", t("snippet.actions", { title: row.title }));
      more.setAttribute("aria-haspopup", "menu");
      more.addEventListener("click", () => this.#menu(more, row));
      item.append(open, more);
    }
    this.#markItem(item);
    return item;
  }

  #markItem(item: HTMLElement): void {
    const open = item.dataset.id === String(this.#open);
    item.classList.toggle("open", open);
    const button = item.querySelector(".row-open");
    if (open) button?.setAttribute("aria-current", "true");
    else button?.removeAttribute("aria-current");
  }

  #nameField(row: SnippetRow): HTMLElement {
    return inlineInput({
      value: row.title,
      label: t("snippet.new_title"),
      selection: [0, row.title.length],
      meant: (text) => text,
      problem: (text) => {
        const problem = titleProblem(text);
        return problem && problemSentence(problem);
      },
      done: (title) => this.#choose({ kind: "rename", id: row.id, title }),
      refused: (problem) => toast(problem, "problem"),
      closed: () => {
        this.#renaming = null;
        this.#show();
      },
    });
  }

  #choose(action: SidebarAction): void {
    this.#didChooseAction.fire(action);
  }

  #menu(anchor: HTMLElement, row: SnippetRow): void {
    openMenu(anchor, [
      { label: t("snippet.rename"), run: () => this.#renameInPlace(row.id) },
      { label: t("snippet.duplicate"), run: () => this.#choose({ kind: "duplicate", id: row.id }) },
      { label: t("snippet.download"), run: () => this.#choose({ kind: "download", id: row.id }) },
      {
        label: t("snippet.delete"),
        danger: true,
        run: () => this.#choose({ kind: "remove", row }),
      },
    ]);
  }

  #key(event: KeyboardEvent): void {
    const buttons = [...this.#list.querySelectorAll<HTMLElement>(".row-open")];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    const row = this.#rows[here];
    if (here < 0 || !row) return;
    if (event.key === "ArrowDown") buttons[here + 1]?.focus();
    else if (event.key === "ArrowUp" && here === 0) this.#search.focus();
    else if (event.key === "ArrowUp") buttons[here - 1]?.focus();
    else if (event.key === "F2") this.#renameInPlace(row.id);
    else if (event.key === "Delete") this.#choose({ kind: "remove", row });
    else return;
    event.preventDefault();
  }
}
