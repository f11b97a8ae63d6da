import { Emitter } from "../../common/base/emitter";
import type { Theme } from "../../common/preferences";
import type { EditorOptions } from "../../editor/editor";
import type { Preferences, ThemeChoice } from "../../protocol.gen";
import type { TerminalOptions } from "../../terminal/terminal_view";
import { timer } from "./timer";

const SAVE_AFTER_MS = 600;

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");

/** The user's preferences: in effect at once, saved on the server a moment later. */
export class PreferencesStore {
  readonly #didChange = new Emitter();
  readonly onDidChange = this.#didChange.event;
  #chosen: Preferences;
  #saving: unknown = null;
  readonly #save: (preferences: Preferences) => Promise<void>;

  constructor(chosen: Preferences, save: (preferences: Preferences) => Promise<void>) {
    this.#chosen = chosen;
    this.#save = save;
    for (const query of [dark, contrast]) query.addEventListener("change", () => this.#apply());
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

  set(change: Partial<Preferences>): void {
    this.#chosen = { ...this.#chosen, ...change };
    this.#apply();
    if (this.#saving !== null) timer.clear(this.#saving);
    this.#saving = timer.set(() => {
      this.#saving = null;
      // Not reported: the next change sends all preferences again.
      this.#save(this.#chosen).catch(() => undefined);
    }, SAVE_AFTER_MS);
  }

  setTheme(theme: ThemeChoice): void {
    this.set({ theme });
  }

  #apply(): void {
    const followsSystem = this.#chosen.theme === "system" && !contrast.matches;
    document.documentElement.dataset.theme = followsSystem ? "system" : this.theme;
    this.#didChange.fire();
  }
}
