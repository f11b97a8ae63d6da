import { t } from "../../common/i18n/translate";
import { languageOfFile } from "../../common/languages/file_language";
import { languageLabel } from "../../common/languages/label";
import type { LanguageOption } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import { byTestId, make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "./snippet_session";

/**
 * The menu of programming languages: shows and changes the language of the open snippet. What the
 * site cannot run is in a group of its own, and cannot be chosen.
 */
export class LanguageSelect {
  readonly #select = byTestId<HTMLSelectElement>("language");
  readonly #session: SnippetSession;
  readonly #storage: BrowserStorage;
  readonly #languages: readonly LanguageOption[];

  constructor(
    session: SnippetSession,
    storage: BrowserStorage,
    languages: readonly LanguageOption[],
  ) {
    this.#session = session;
    this.#storage = storage;
    this.#languages = languages;
    this.#fill();
    this.#select.addEventListener("change", () => {
      const wanted = this.#find(this.#select.value);
      if (wanted) this.#choose(wanted);
    });
    session.onDidChange(() => this.#show());
    session.onDidNameFiles((paths) => this.#offer(paths));
  }

  #fill(): void {
    const offered = this.#languages.filter(({ available }) => available);
    const missing = this.#languages.filter(({ available }) => !available);
    const programs = offered.filter((language) => !language.console);
    this.#select.replaceChildren(
      ...programs.map(option),
      ...group(
        t("language.consoles"),
        offered.filter((language) => language.console),
      ),
      ...group(t("language.missing"), missing),
    );
  }

  #show(): void {
    const { language } = this.#session;
    // A snippet may be older than what the site offers.
    if (
      this.#find(language) === undefined &&
      !this.#select.querySelector(`[value="${CSS.escape(language)}"]`)
    ) {
      this.#select.append(make("option", { value: language, disabled: true }, language));
    }
    this.#select.value = language;
    this.#select.title = this.#find(language)?.reason ?? "";
  }

  #choose(wanted: LanguageOption): void {
    const before = this.#find(this.#session.language);
    this.#storage.set("language", wanted.id);
    const { main, files } = this.#session.content();
    const text = files.find(({ path }) => path === main)?.content ?? "";
    const untouched = text.trim() === "" || text === before?.example;
    this.#session.setLanguage(wanted, untouched);
    if (wanted.console) toast(t("language.console", { language: wanted.name }));
  }

  /** A file of another language was added: the snippet may be meant to be in that language. */
  #offer(paths: readonly string[]): void {
    const open = this.#find(this.#session.language);
    const programs = this.#languages.filter((one) => one.available && !one.console);
    for (const path of paths) {
      const found = languageOfFile(path, programs, open?.id);
      const known = found === null || found.id === open?.id || found.monaco === open?.monaco;
      if (known) continue;
      const language = found.name;
      toast(t("language.of_file", { path, language }), "news", {
        label: t("language.use", { language }),
        run: () => {
          if (!this.#session.files.find(path)) return;
          this.#choose(found);
          this.#session.setMain(path);
          this.#session.show(path);
        },
      });
      return;
    }
  }

  #find(id: string): LanguageOption | undefined {
    return this.#languages.find((language) => language.id === id);
  }
}

function option(language: LanguageOption): HTMLOptionElement {
  const { id, available, reason } = language;
  const attributes = { value: id, disabled: !available, ...(reason && { title: reason }) };
  return make("option", attributes, languageLabel(language));
}

function group(label: string, languages: readonly LanguageOption[]): HTMLElement[] {
  return languages.length === 0 ? [] : [make("optgroup", { label }, ...languages.map(option))];
}
