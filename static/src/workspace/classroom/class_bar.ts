import "../../styles/class_bar.css";
import { ct } from "../../common/classroom/class_text";
import { HAND_CHARACTERS } from "../../protocol.gen";
import { make } from "../chrome/widgets/dom";

export interface Choice {
  readonly label: string;
  readonly primary?: boolean;
  readonly testid?: string;
  run(): void;
}

/** The lines above the code that are about the class: each stays until it is over. */
export class ClassBar {
  readonly #bar = make("div", { class: "class-lines", role: "region" });
  readonly #lines = new Map<string, HTMLElement>();

  constructor() {
    this.#bar.setAttribute("aria-label", ct("bar.label"));
    document.querySelector(".bars")?.append(this.#bar);
  }

  /** Shows or replaces the line of that kind; an empty text removes it. */
  show(kind: string, text: string, ...choices: readonly Choice[]): void {
    const before = this.#lines.get(kind);
    if (before?.dataset.text === text) return;
    const focused = before?.contains(document.activeElement) ?? false;
    before?.remove();
    this.#lines.delete(kind);
    if (!text) {
      if (focused) document.querySelector<HTMLElement>("[data-testid=run]")?.focus();
      return;
    }
    const words = make("p", { role: "status" });
    const line = make(
      "div",
      { class: "bar class-line", "data-kind": kind, "data-text": text },
      words,
    );
    line.append(...choices.map(buttonOf));
    this.#bar.append(line);
    this.#lines.set(kind, line);
    // A screen reader reads what changes in a status that is there.
    queueMicrotask(() => {
      words.textContent = text;
    });
  }

  /** Gives the keyboard to the first choice of the line of that kind. */
  focus(kind: string): void {
    this.#lines.get(kind)?.querySelector("button")?.focus();
  }

  /** Asks for one line; `asked` is called with it. */
  ask(asked: (text: string) => void): void {
    if (this.#lines.has("question")) return;
    const label = ct("bar.question");
    const field = make("input", {
      class: "field",
      maxlength: HAND_CHARACTERS,
      required: true,
      "aria-label": label,
      placeholder: label,
      autocomplete: "off",
      "data-testid": "hand-question",
    });
    const send = make("button", { type: "submit", class: "button primary" }, ct("bar.ask"));
    const cancel = make("button", { type: "button", class: "button" }, ct("bar.cancel"));
    const form = make("form", { class: "bar class-line" }, field, send, cancel);
    const close = () => {
      form.remove();
      this.#lines.delete("question");
      document.querySelector<HTMLElement>("[data-testid=raise-hand]")?.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      asked(text);
      close();
    });
    cancel.addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    this.#bar.append(form);
    this.#lines.set("question", form);
    field.focus();
  }

  clear(): void {
    this.#bar.replaceChildren();
    this.#lines.clear();
  }
}

function buttonOf({ label, primary, testid, run }: Choice): HTMLButtonElement {
  const kind = primary ? "button primary" : "button";
  const made = make("button", { type: "button", class: kind }, label);
  if (testid) made.dataset.testid = testid;
  made.addEventListener("click", run);
  return made;
}
