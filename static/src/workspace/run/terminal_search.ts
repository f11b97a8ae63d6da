import { t } from "../../common/i18n/translate";
import type { TerminalView } from "../../terminal/terminal_view";
import { byId } from "../chrome/widgets/dom";

/** Searches the terminal's output, the newest first. */
export class TerminalSearch {
  readonly #bar = byId("terminal-search");
  readonly #field = byId<HTMLInputElement>("terminal-search-field");
  readonly #result = byId("terminal-search-result");
  readonly #terminal: TerminalView;

  constructor(terminal: TerminalView) {
    this.#terminal = terminal;
    this.#field.setAttribute("aria-label", t("command.find_in_terminal"));
    this.#field.addEventListener("input", () => void this.#search(true));
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") void this.#search(!event.shiftKey);
      else if (event.key === "Escape") this.close();
      else return;
      event.preventDefault();
    });
    byId("terminal-search-up").addEventListener("click", () => void this.#search(true));
    byId("terminal-search-down").addEventListener("click", () => void this.#search(false));
    byId("terminal-search-close").addEventListener("click", () => this.close());
  }

  open(): void {
    this.#bar.hidden = false;
    this.#field.focus();
    this.#field.select();
  }

  close(): void {
    this.#bar.hidden = true;
    this.#terminal.finder.end();
    this.#terminal.focus();
  }

  async #search(back: boolean): Promise<void> {
    const words = this.#field.value;
    const found = words === "" || (await this.#terminal.finder.find(words, back)) === "found";
    if (words !== this.#field.value) return; // superseded by a newer search
    this.#result.textContent = found ? "" : t("find.none");
    this.#field.setAttribute("aria-invalid", String(!found));
  }
}
