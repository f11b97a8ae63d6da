import type { EditorHost } from "../../editor/editor_host";
import type { LanguageOption } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import { byTestId } from "../chrome/widgets/dom";
import type { SnippetSession } from "./snippet_session";

/** The menu of programming languages: shows and changes the language of the open snippet. */
export class LanguageSelect {
  readonly #select = byTestId<HTMLSelectElement>("language");
  readonly #session: SnippetSession;
  readonly #editor: EditorHost;
  readonly #storage: BrowserStorage;
  readonly #languages: readonly LanguageOption[];

  constructor(
    session: SnippetSession,
    editor: EditorHost,
    storage: BrowserStorage,
    languages: readonly LanguageOption[],
  ) {
    this.#session = session;
    this.#editor = editor;
    this.#storage = storage;
    this.#languages = languages;
    this.#select.replaceChildren(
      ...languages.map(({ id, name, version }) => new Option(`${name} ${version}`.trim(), id)),
    );
    this.#select.addEventListener("change", () => this.#change());
    session.onDidChange(() => {
      this.#select.value = session.language;
    });
  }

  #change(): void {
    const before = this.#find(this.#session.language);
    const after = this.#find(this.#select.value);
    if (!after) return;
    this.#storage.set("language", after.id);
    const text = this.#editor.getText();
    const untouched = text.trim() === "" || text === before?.example;
    this.#session.setLanguage(after.id, after.main, after.example, untouched);
  }

  #find(id: string): LanguageOption | undefined {
    return this.#languages.find((language) => language.id === id);
  }
}
