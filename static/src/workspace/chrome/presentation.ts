import { type KeyPress, shownKeys } from "../../common/base/pressed_key";
import { isMac } from "../../terminal/keys/platform";
import { wordsOf } from "./commands";
import type { PreferencesStore } from "./preferences_store";
import { byId, byTestId, make } from "./widgets/dom";

const SHOWN_MS = 2500;
const MOST_KEYS = 4;
/** There Escape closes something, or goes to the program. */
const OWN_ESCAPE = "dialog, [popover], details[open], input, .terminal-search";

/**
 * Present mode, for showing the page to a class: large, in high contrast, without the list and the
 * names, and with the shortcuts that are pressed. Nothing of it is saved; a reload ends it.
 */
export class Presentation {
  readonly #preferences: PreferencesStore;
  readonly #programReads: () => boolean;
  readonly #keys = byId("pressed-keys");

  /** `programReads`: whether a program receives the terminal's keys. */
  constructor(preferences: PreferencesStore, programReads: () => boolean) {
    this.#preferences = preferences;
    this.#programReads = programReads;
    window.addEventListener("keydown", (event) => this.#handleFirst(event), { capture: true });
    window.addEventListener("keydown", (event) => this.#handleLast(event));
  }

  get active(): boolean {
    return document.documentElement.dataset.presenting !== undefined;
  }

  start(): void {
    document.documentElement.dataset.presenting = "";
    this.#preferences.present(true);
    // The menu that has the command is hidden then.
    if (!document.activeElement?.checkVisibility()) byId("end-presenting").focus();
  }

  end(): void {
    delete document.documentElement.dataset.presenting;
    this.#keys.replaceChildren();
    this.#preferences.present(false);
  }

  /** Before all others: the terminal keeps Escape to itself, also while no program runs. */
  #handleFirst(event: KeyboardEvent): void {
    if (!this.active) return;
    this.#show(event);
    const idle = byTestId("terminal").contains(event.target as Node) && !this.#programReads();
    if (event.key === "Escape" && idle) this.end();
  }

  /** After all others: Escape ends the presentation if nobody else has used it. */
  #handleLast(event: KeyboardEvent): void {
    if (!this.active || event.key !== "Escape" || event.defaultPrevented) return;
    const target = event.target as Element;
    if (!target.closest(OWN_ESCAPE) && !document.querySelector("dialog[open]")) this.end();
  }

  #show(press: KeyPress): void {
    const keys = shownKeys(press, isMac);
    if (!keys) return;
    const shown = make("kbd", {}, wordsOf(keys));
    this.#keys.append(shown);
    while (this.#keys.childElementCount > MOST_KEYS) this.#keys.firstElementChild?.remove();
    window.setTimeout(() => shown.remove(), SHOWN_MS);
  }
}
