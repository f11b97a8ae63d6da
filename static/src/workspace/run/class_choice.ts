import { t } from "../../common/i18n/translate";
import type { BrowserStorage } from "../chrome/browser_storage";

const STORED = "class";

/**
 * The class that the next runs belong to. Its list is in the page of who is in a class; during an exam the class of the exam is
 * chosen first.
 */
export class ClassChoice {
  readonly #select = document.querySelector<HTMLSelectElement>("#class-choice");
  readonly #mark = document.querySelector<HTMLElement>("#run-class");

  constructor(storage: BrowserStorage) {
    const select = this.#select;
    if (!select) return;
    const wanted = select.dataset.exam || storage.get(STORED) || "";
    if ([...select.options].some(({ value }) => value === wanted)) select.value = wanted;
    select.addEventListener("change", () => storage.set(STORED, select.value));
  }

  /** For a run that starts now, which the page then says to belong to the class. */
  readonly forRun = (): { readonly class?: number } => {
    const option = this.#select?.selectedOptions[0];
    const name = option?.value ? (option.textContent ?? "").trim() : "";
    if (this.#mark) {
      this.#mark.hidden = !name;
      this.#mark.textContent = name;
      this.#mark.title = name && t("class.of_run", { name });
    }
    return option?.value ? { class: Number(option.value) } : {};
  };
}
