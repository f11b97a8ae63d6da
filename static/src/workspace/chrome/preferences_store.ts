import type { Preferences, Theme, ThemeChoice } from "../../common/preferences";
import type { EditorOptions } from "../../editor/editor";
import type { TerminalOptions } from "../../terminal/terminal_view";
import type { Api } from "../snippets/api";
import { timer } from "./timer";

const SAVE_AFTER_MS = 600;

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");

/** A person's choices: in force at once, and on the server soon after. */
export class PreferencesStore {
  #chosen: Preferences;
  #saving: unknown = null;
  readonly #api: Api;
  readonly #listeners: ((preferences: PreferencesStore) => void)[] = [];

  constructor(chosen: Preferences, api: Api) {
    this.#chosen = chosen;
    this.#api = api;
    for (const wish of [dark, contrast]) wish.addEventListener("change", () => this.#tell());
  }

  get chosen(): Preferences {
    return this.#chosen;
  }

  get theme(): Theme {
    if (this.#chosen.theme !== "system") return this.#chosen.theme;
    if (contrast.matches) return "contrast";
    return dark.matches ? "dark" : "light";
  }

  get editor(): EditorOptions {
    const { font_size, tab_size, screen_reader } = this.#chosen;
    const { theme } = this;
    return { fontSize: font_size, tabSize: tab_size, screenReader: screen_reader, theme };
  }

  get terminal(): TerminalOptions {
    const { terminal_font_size, screen_reader, copy_on_select } = this.#chosen;
    return {
      fontSize: terminal_font_size,
      theme: this.theme,
      screenReader: screen_reader,
      copyOnSelect: copy_on_select,
    };
  }

  /** Now, and after every change. */
  listen(listener: (preferences: PreferencesStore) => void): void {
    this.#listeners.push(listener);
    listener(this);
  }

  set(change: Partial<Preferences>): void {
    this.#chosen = { ...this.#chosen, ...change };
    this.#tell();
    if (this.#saving !== null) timer.clear(this.#saving);
    this.#saving = timer.set(() => {
      this.#saving = null;
      // Not reported: the next change sends all preferences again.
      this.#api.savePreferences(this.#chosen).catch(() => undefined);
    }, SAVE_AFTER_MS);
  }

  setTheme(theme: ThemeChoice): void {
    this.set({ theme });
  }

  #tell(): void {
    const named = this.#chosen.theme === "system" && !contrast.matches;
    document.documentElement.dataset.theme = named ? "system" : this.theme;
    for (const listener of this.#listeners) listener(this);
  }
}
