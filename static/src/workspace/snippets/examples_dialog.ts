import { t } from "../../common/i18n/translate";
import { languageLabel } from "../../common/languages/label";
import type { SnippetContent } from "../../common/snippets/snippet";
import type { LanguageExample, LanguageOption } from "../../protocol.gen";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import { type Api, ApiFailure } from "./api";

/** Lists the example programs of a language; choosing one creates a snippet from it. */
export function openExamples(
  { api, languages }: ExampleSources,
  language: string,
  onChoose: (content: SnippetContent) => void,
): void {
  new ExamplesDialog(api, languages, language, onChoose);
}

interface ExampleSources {
  readonly api: Pick<Api, "examples">;
  readonly languages: readonly LanguageOption[];
}

class ExamplesDialog {
  readonly #api: Pick<Api, "examples">;
  readonly #onChoose: (content: SnippetContent) => void;
  readonly #languages: HTMLSelectElement;
  readonly #list = make("div", { "aria-live": "polite" });
  readonly #close: () => void;

  constructor(
    api: Pick<Api, "examples">,
    languages: readonly LanguageOption[],
    language: string,
    onChoose: (content: SnippetContent) => void,
  ) {
    this.#api = api;
    this.#onChoose = onChoose;
    const { body, close } = openDialog(t("command.examples"), "wide");
    this.#close = close;
    const offered = languages.filter(({ available, id }) => available || id === language);
    const options = offered.map((one) => make("option", { value: one.id }, languageLabel(one)));
    this.#languages = make("select", { class: "select", id: "examples-language" }, ...options);
    this.#languages.value = language;
    if (this.#languages.value === "") this.#languages.selectedIndex = 0;
    this.#languages.addEventListener("change", () => void this.#load());
    const label = make("label", { for: "examples-language" }, t("examples.language"));
    body.append(make("div", { class: "examples-filter" }, label, this.#languages), this.#list);
    void this.#load();
  }

  /** Of what was chosen last: earlier answers may come later. */
  async #load(): Promise<void> {
    const language = this.#languages.value;
    this.#list.replaceChildren(make("p", { class: "help" }, t("examples.loading")));
    try {
      const examples = await this.#api.examples(language);
      if (language === this.#languages.value) this.#show(language, examples);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      if (language === this.#languages.value) this.#fail(error.message);
    }
  }

  #show(language: string, examples: readonly LanguageExample[]): void {
    const reader = document.documentElement.lang.startsWith("de") ? "de" : "en";
    const cards = examples.map((example) => {
      const title = example.title[reader];
      const small = make("small", {}, example.hint[reader]);
      const attributes = { type: "button", class: "example" };
      const card = make("button", attributes, make("strong", {}, title), small);
      card.addEventListener("click", () => {
        this.#close();
        const { files } = example;
        this.#onChoose({ title, language, main: files[0]?.path ?? "", files });
      });
      return make("li", {}, card);
    });
    this.#list.replaceChildren(make("ul", { class: "examples" }, ...cards));
  }

  #fail(why: string): void {
    const retry = make("button", { type: "button", class: "button" }, t("examples.retry"));
    retry.addEventListener("click", () => void this.#load());
    const words = make("p", { role: "alert" }, why);
    this.#list.replaceChildren(make("div", { class: "examples-failed" }, words, retry));
    retry.focus();
  }
}
