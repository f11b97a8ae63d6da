import type { Forbidden } from "../../common/advice/rule";
import { locale } from "../../common/i18n/locale";
import { asEdited } from "../../common/problems/found_problems";
import type { Problem } from "../../common/problems/problem";
import type { AdviceRequest } from "../../editor/checks/python_advice";
import { ADVICE_KINDS, type LanguageOption, type SourceFile } from "../../protocol.gen";
import type { PreferencesStore } from "../chrome/preferences_store";
import { toast } from "../chrome/widgets/toasts";
import type { Api } from "../snippets/api";
import type { SnippetSession } from "../snippets/snippet_session";
import { AdviceClient } from "./checks_client";
import { text } from "./problem_texts";

/** The language whose packages the server lists. */
const PYTHON = "python";

export interface AdviserDependencies {
  readonly session: SnippetSession;
  readonly preferences: PreferencesStore;
  readonly api: Pick<Api, "importable">;
  readonly forbidden: Forbidden;
  readonly languages: readonly LanguageOption[];
}

/** Advice before the run. What the site forbids is shown also to those who want no advice. */
export class Adviser {
  readonly #deps: AdviserDependencies;
  readonly #client: AdviceClient;
  #installed: Promise<readonly string[] | null> | null = null;
  #last: { readonly key: string; readonly found: readonly Problem[] } = { key: "", found: [] };

  constructor(deps: AdviserDependencies) {
    this.#deps = deps;
    this.#client = new AdviceClient(() => toast(text("advice_off"), "problem"));
  }

  async advise(python: readonly SourceFile[]): Promise<readonly Problem[]> {
    const { preferences, forbidden, session, languages } = this.#deps;
    const { advice, advice_off } = preferences.chosen;
    const rules = forbidden.modules.length + forbidden.calls.length;
    if (python.length === 0 || (!advice && rules === 0)) return [];
    const sources = python.map(({ path, content }) => ({ path, content: asEdited(content) }));
    const around: AdviceRequest["around"] = {
      files: session.content().files.map(({ path }) => ({ path, content: "" })),
      installed: session.language === PYTHON ? await this.#importable() : null,
      windows: languages.find(({ id }) => id === session.language)?.can_show_windows ?? false,
      forbidden,
      off: advice ? advice_off : ADVICE_KINDS,
    };
    const request = { sources, around, language: locale() };
    const key = JSON.stringify(request);
    if (key !== this.#last.key) {
      const found = await this.#client.advise(request);
      if (!found) return [];
      this.#last = { key, found };
    }
    return this.#last.found;
  }

  /** Asked once for each page; null: the server did not say. */
  #importable(): Promise<readonly string[] | null> {
    this.#installed ??= this.#deps.api.importable().catch(() => {
      this.#installed = null;
      return null;
    });
    return this.#installed;
  }
}
