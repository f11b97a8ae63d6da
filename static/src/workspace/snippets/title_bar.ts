import { problemSentence } from "../../common/i18n/server_sentences";
import { type TextKey, t } from "../../common/i18n/translate";
import type { SaveState } from "../../common/snippets/autosave";
import { titleProblem } from "../../common/snippets/source_files";
import type { CheckedCode } from "../../protocol.gen";
import { byId, byTestId } from "../chrome/widgets/dom";
import type { SnippetSession } from "./snippet_session";

const WORDS: Readonly<Record<SaveState, TextKey>> = {
  saved: "save.saved",
  unsaved: "save.unsaved",
  saving: "save.saving",
  offline: "save.offline",
  unavailable: "save.unavailable",
  signed_out: "save.signed_out",
  conflict: "save.conflict",
  refused: "save.refused",
};

/** Of the site, as the operator calls it. */
const SITE_NAME =
  document.querySelector<HTMLMetaElement>("meta[name=site-name]")?.content ?? "Code Runner";

/** The snippet's title, which can be edited in place, and the state of its saves. */
export class TitleBar {
  readonly #title = byTestId<HTMLInputElement>("snippet-title");
  readonly #save = byTestId<HTMLButtonElement>("save");
  readonly #word = byId("save-word");
  readonly #problem = byId("title-problem");
  readonly #session: SnippetSession;
  #state: SaveState = "saved";
  #message = "";
  #shown = "";

  constructor(session: SnippetSession) {
    this.#session = session;
    this.#title.addEventListener("input", () => this.#typed());
    this.#title.addEventListener("blur", () => this.#reset());
    this.#title.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") this.#reset();
      if (event.key === "Enter" || event.key === "Escape") this.#title.blur();
    });
    this.#save.addEventListener("click", () => void session.saveNow());
    session.onDidChange(() => this.#show());
    session.onDidChangeSaveState(({ state, message }) => this.#showSave(state, message));
  }

  focus(): void {
    this.#title.focus();
    this.#title.select();
  }

  #show(): void {
    const { draftKey, title } = this.#session;
    const same = draftKey === this.#shown && document.activeElement === this.#title;
    this.#shown = draftKey;
    // An invalid title that the user is still editing is not replaced.
    if (!same) this.#showProblem(null);
    const correcting = same && this.#title.getAttribute("aria-invalid") === "true";
    if (this.#title.value.trim() !== title && !correcting) this.#title.value = title;
    document.title = `${this.#session.title} · ${SITE_NAME}`;
    this.#showSave(this.#state, this.#message);
  }

  #showSave(state: SaveState, message: string): void {
    this.#state = state;
    this.#message = message;
    const never = state === "saved" && this.#session.id === null;
    this.#save.dataset.state = never ? "new" : state;
    const words = t(never ? "save.new" : WORDS[state]);
    if (this.#word.textContent !== words) this.#word.textContent = words;
    this.#save.title = message || t(never ? "save.new_hint" : (`${WORDS[state]}_hint` as TextKey));
  }

  #reset(): void {
    this.#showProblem(null);
    this.#show();
  }

  #typed(): void {
    const title = this.#title.value.trim();
    const problem = titleProblem(title);
    this.#showProblem(problem);
    if (problem === null) this.#session.rename(title);
  }

  #showProblem(problem: CheckedCode | null): void {
    this.#title.setAttribute("aria-invalid", String(problem !== null));
    this.#problem.textContent = problem && problemSentence(problem);
    this.#problem.hidden = problem === null;
  }
}
