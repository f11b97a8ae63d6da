import { DapError } from "../../common/debug/dap_client";
import type { DebugState } from "../../common/debug/debug_state";
import { StoredTexts } from "../../common/debug/stored_texts";
import type { BrowserStorage } from "../chrome/browser_storage";
import { iconButton, make } from "../chrome/widgets/dom";
import type { SnippetSession } from "../snippets/snippet_session";
import type { DebugActions } from "./debug_dependencies";
import { text } from "./debug_texts";

const STORED = "watches";
const MOST = 30;

/** Expressions whose values are shown at each stop, remembered with the snippet in this browser. */
export class WatchList {
  readonly element = make("div", { class: "debug-watch" });
  readonly #list = make("ul", { "data-testid": "watch" });
  readonly #field = make("input", {
    "aria-label": text("watch_add"),
    placeholder: text("watch_add"),
    "data-testid": "watch-field",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: "500",
  });
  readonly #debugging: DebugActions;
  readonly #storage: BrowserStorage;
  readonly #session: SnippetSession;
  #version = -1;
  #state: DebugState | null = null;

  constructor(debugging: DebugActions, storage: BrowserStorage, session: SnippetSession) {
    this.#debugging = debugging;
    this.#storage = storage;
    this.#session = session;
    const form = make("form", {}, this.#field);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const expression = this.#field.value.trim();
      this.#field.value = "";
      const known = this.#expressions;
      if (expression && !known.includes(expression)) this.#keep([...known, expression]);
    });
    this.element.append(this.#list, form);
    this.#draw();
  }

  show(state: DebugState): void {
    this.#state = state;
    if (state.phase !== "stopped" || state.version === this.#version) return;
    this.#version = state.version;
    this.#draw();
  }

  get #expressions(): readonly string[] {
    const stored = new StoredTexts(this.#storage.get(STORED)).get(this.#session.draftKey);
    return stored.split("\n").filter(Boolean).slice(0, MOST);
  }

  #keep(expressions: readonly string[]): void {
    const stored = new StoredTexts(this.#storage.get(STORED));
    stored.set(this.#session.draftKey, expressions.slice(0, MOST).join("\n"));
    this.#storage.set(STORED, stored.toString());
    this.#draw();
  }

  #draw(): void {
    this.#list.replaceChildren(...this.#expressions.map((one) => this.#row(one)));
  }

  #row(expression: string): HTMLElement {
    const value = make("span", { class: "debug-value" });
    const remove = iconButton("close", text("watch_remove", { expression }));
    remove.addEventListener("click", () => {
      this.#keep(this.#expressions.filter((one) => one !== expression));
      this.#field.focus();
    });
    if (this.#state?.phase === "stopped") void this.#fill(expression, value);
    return make("li", {}, make("code", { class: "debug-name" }, expression), value, remove);
  }

  async #fill(expression: string, value: HTMLElement): Promise<void> {
    try {
      const found = await this.#debugging.session.evaluate(expression, "watch");
      value.classList.toggle("debug-wrong", found.late);
      value.textContent = found.late ? text("slow") : found.value;
    } catch (error) {
      if (!(error instanceof DapError)) throw error;
      value.classList.add("debug-wrong");
      value.textContent = error.late ? text("late") : error.message;
    }
  }
}
