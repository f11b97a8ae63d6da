import { Emitter } from "../../common/base/emitter";
import { type SplitArguments, splitArguments } from "../../common/run/arguments";
import { NO_OPTIONS, type RunOptions, StoredOptions } from "../../common/run/run_options";
import type { WindowChoice } from "../../common/windows/opens_windows";
import { type LanguageOption, MAX_ARGUMENT_CHARACTERS, MAX_ARGUMENTS } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { KeyChange, SnippetSession } from "../snippets/snippet_session";

const STORED = "run-options";
const LIMITS = { count: MAX_ARGUMENTS, characters: MAX_ARGUMENT_CHARACTERS };

export function argumentsIn(text: string): SplitArguments {
  return splitArguments(text, LIMITS);
}

/** The run options of the open snippet, remembered in this browser. Their arguments can be split. */
export class ProgramOptions {
  readonly #didChange = new Emitter();
  /** Also fired when another snippet is opened. */
  readonly onDidChange = this.#didChange.event;
  readonly #session: SnippetSession;
  readonly #storage: BrowserStorage;
  readonly #languages: readonly LanguageOption[];
  #program = "";
  #spoken = "";
  #current = NO_OPTIONS;

  constructor(
    session: SnippetSession,
    storage: BrowserStorage,
    languages: readonly LanguageOption[],
  ) {
    this.#session = session;
    this.#storage = storage;
    this.#languages = languages;
    session.onDidChange(() => this.#open());
    session.onDidChangeKey((keys) => this.#move(keys));
  }

  get current(): RunOptions {
    return this.#current;
  }

  /** The arguments as a program gets them. */
  get args(): readonly string[] {
    const split = argumentsIn(this.#current.args);
    return split.kind === "arguments" ? split.list : [];
  }

  /** Whether the language of the open snippet can stay open after a program. */
  get canKeepOpen(): boolean {
    return this.#language?.can_keep_open ?? false;
  }

  /** The name of the language of the open snippet. */
  get languageName(): string {
    return this.#language?.name ?? this.#session.language;
  }

  get #language(): LanguageOption | undefined {
    return this.#languages.find(({ id }) => id === this.#session.language);
  }

  get keepOpen(): boolean {
    return this.#current.keepOpen && this.canKeepOpen;
  }

  /** Whether programs in the language of the open snippet can open windows. */
  get canOpenWindows(): boolean {
    return (this.#language?.windows.length ?? 0) > 0;
  }

  get windows(): WindowChoice {
    return this.canOpenWindows ? this.#current.windows : "auto";
  }

  set(change: Partial<RunOptions>): void {
    this.#current = { ...this.#current, ...change };
    this.#store((stored) => stored.set(this.#program, this.#current));
    this.#didChange.fire();
  }

  #open(): void {
    const { draftKey, language } = this.#session;
    const spoken = language !== this.#spoken;
    this.#spoken = language;
    if (draftKey === this.#program) {
      // What the options mean depends on the language.
      if (spoken) this.#didChange.fire();
      return;
    }
    this.#program = draftKey;
    this.#current = this.#stored().get(draftKey);
    this.#didChange.fire();
  }

  #move({ before, after }: KeyChange): void {
    const open = before === this.#program;
    if (open) this.#program = after;
    this.#store((stored) => {
      const options = open ? this.#current : stored.get(before);
      stored.set(before, NO_OPTIONS);
      stored.set(after, options);
    });
  }

  #stored(): StoredOptions {
    return new StoredOptions(this.#storage.get(STORED));
  }

  /** Reads them again: another window of this browser may have stored some. */
  #store(change: (stored: StoredOptions) => void): void {
    const stored = this.#stored();
    change(stored);
    this.#storage.set(STORED, stored.toString());
  }
}
