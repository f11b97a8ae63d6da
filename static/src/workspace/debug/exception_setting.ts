import "../../styles/debug_exceptions.css";
import type { ExceptionFilters } from "../../common/debug/debug_session";
import type { BrowserStorage } from "../chrome/browser_storage";
import { make } from "../chrome/widgets/dom";
import { text } from "./debug_texts";

const STORED = "debug-exceptions";

/** At which errors a program stops, remembered in this browser. */
export class ExceptionSetting {
  readonly element = make("fieldset", { class: "debug-exceptions" });
  readonly #storage: BrowserStorage;
  readonly #changed: () => void;
  #filters: ExceptionFilters;

  constructor(storage: BrowserStorage, changed: () => void) {
    this.#storage = storage;
    this.#changed = changed;
    const stored = storage.get(STORED) ?? "uncaught";
    this.#filters = { caught: /\bcaught/.test(stored), uncaught: /\buncaught/.test(stored) };
    this.element.append(
      make("legend", {}, text("exceptions")),
      this.#box("uncaught"),
      this.#box("caught"),
    );
  }

  get filters(): ExceptionFilters {
    return this.#filters;
  }

  #box(kind: keyof ExceptionFilters): HTMLElement {
    const box = make("input", { type: "checkbox", "data-testid": `debug-${kind}` });
    box.checked = this.#filters[kind];
    box.addEventListener("change", () => {
      this.#filters = { ...this.#filters, [kind]: box.checked };
      const chosen = Object.entries(this.#filters).flatMap(([name, on]) => (on ? [name] : []));
      this.#storage.set(STORED, chosen.join(" ") || "none");
      this.#changed();
    });
    return make("label", {}, box, text(kind));
  }
}
