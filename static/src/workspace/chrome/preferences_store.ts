import { Emitter } from "../../common/base/emitter";
import type { Theme } from "../../common/preferences";
import type { EditorOptions } from "../../editor/editor";
import { PREFERENCE_DEFAULTS, type Preferences, type ThemeChoice } from "../../protocol.gen";
import type { TerminalOptions } from "../../terminal/terminal_view";
import { timer } from "../../terminal/timer";

const SAVE_AFTER_MS = 600;
/** What Present mode shows in place of the user's own choice. */
const PRESENTED = {
  theme: "contrast",
  font_size: 22,
  terminal_font_size: 22,
} as const satisfies Partial<Preferences>;

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");

/**
 * The user's preferences: in effect at once, also in the other windows of this browser, and saved on
 * the server a moment later.
 */
export class PreferencesStore {
  readonly #didChange = new Emitter();
  readonly onDidChange = this.#didChange.event;
  #stored: Preferences;
  #presented: Partial<Preferences> | null = null;
  #saving: unknown = null;
  readonly #windows: BroadcastChannel;
  readonly #save: (preferences: Preferences) => Promise<void>;

  constructor(
    user: string,
    stored: Preferences,
    save: (preferences: Preferences) => Promise<void>,
  ) {
    this.#stored = stored;
    this.#save = save;
    this.#windows = new BroadcastChannel(`coderunner:${user}:preferences`);
    this.#windows.addEventListener("message", ({ data }) => this.#merge(known(data)));
    for (const query of [dark, contrast]) query.addEventListener("change", () => this.#apply());
  }

  get chosen(): Preferences {
    return { ...this.#stored, ...this.#presented };
  }

  get theme(): Theme {
    const { theme } = this.chosen;
    if (theme !== "system") return theme;
    if (contrast.matches) return "contrast";
    return dark.matches ? "dark" : "light";
  }

  /** In high contrast the terminal is dark, with more contrast, either way. */
  get terminalTheme(): Theme {
    const follows = this.chosen.terminal_theme === "page" || this.theme === "contrast";
    return follows ? this.theme : "dark";
  }

  get editor(): EditorOptions {
    const { font_size, tab_size, screen_reader, code_help } = this.chosen;
    return {
      fontSize: font_size,
      tabSize: tab_size,
      screenReader: screen_reader,
      suggestWhileTyping: code_help === "typing",
      theme: this.theme,
    };
  }

  get terminal(): TerminalOptions {
    const { terminal_font_size, screen_reader, copy_on_select, bell, option_is_meta } = this.chosen;
    return {
      fontSize: terminal_font_size,
      theme: this.terminalTheme,
      screenReader: screen_reader,
      copyOnSelect: copy_on_select,
      bell,
      optionIsMeta: option_is_meta,
    };
  }

  set(change: Partial<Preferences>): void {
    const lasting = this.#presented ? this.#changePresented(change) : change;
    this.#merge(lasting);
    if (Object.keys(lasting).length === 0) return;
    this.#windows.postMessage(lasting);
    if (this.#saving !== null) timer.clear(this.#saving);
    this.#saving = timer.set(() => {
      this.#saving = null;
      // Not reported: the next change sends all preferences again.
      this.#save(this.#stored).catch(() => undefined);
    }, SAVE_AFTER_MS);
  }

  setTheme(theme: ThemeChoice): void {
    this.set({ theme });
  }

  /** Present mode: larger, and in high contrast. Changes to these end with it, and are not saved. */
  present(on: boolean): void {
    this.#presented = on ? PRESENTED : null;
    this.#apply();
  }

  /** The part of `change` that is not of Present mode. */
  #changePresented(change: Partial<Preferences>): Partial<Preferences> {
    const presented = pick(change, (name) => name in PRESENTED);
    this.#presented = { ...this.#presented, ...presented };
    return pick(change, (name) => !(name in PRESENTED));
  }

  #merge(change: Partial<Preferences>): void {
    this.#stored = { ...this.#stored, ...change };
    this.#apply();
  }

  #apply(): void {
    const followsSystem = this.chosen.theme === "system" && !contrast.matches;
    document.documentElement.dataset.theme = followsSystem ? "system" : this.theme;
    this.#didChange.fire();
  }
}

/** A window with another version of this page may send preferences that this one does not know. */
function known(change: Partial<Preferences>): Partial<Preferences> {
  return pick(change, (name) => name in PREFERENCE_DEFAULTS);
}

function pick(
  change: Partial<Preferences>,
  wanted: (name: string) => boolean,
): Partial<Preferences> {
  return Object.fromEntries(Object.entries(change).filter(([name]) => wanted(name)));
}
