import { make } from "./dom";

export interface ChoiceListInit<Choice> {
  /** What the choices are. */
  readonly label: string;
  /** What to type. */
  readonly prompt: string;
  /** An item of the list. */
  row(choice: Choice): HTMLElement;
  taken(choice: Choice): void;
}

/**
 * A text field with a list of choices: arrow keys move in the list while the focus stays in the field;
 * Enter or a click takes a choice.
 */
export class ChoiceList<Choice> {
  readonly field: HTMLInputElement;
  readonly list: HTMLElement;
  readonly #init: ChoiceListInit<Choice>;
  #choices: readonly Choice[] = [];
  #at = 0;

  constructor(init: ChoiceListInit<Choice>) {
    this.#init = init;
    this.field = make("input", {
      class: "palette-field",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": "palette-list",
      "aria-label": init.prompt,
      placeholder: init.prompt,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
    });
    this.list = make("ul", { id: "palette-list", role: "listbox", "aria-label": init.label });
    this.field.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows these choices, with the first one marked. */
  show(choices: readonly Choice[]): void {
    this.#choices = choices;
    this.#at = 0;
    this.list.replaceChildren(...choices.map((choice, index) => this.#item(choice, index)));
    this.list.hidden = choices.length === 0;
    this.field.setAttribute("aria-expanded", String(choices.length > 0));
    this.#mark();
  }

  #item(choice: Choice, index: number): HTMLElement {
    const item = this.#init.row(choice);
    item.id = `palette-${index}`;
    item.setAttribute("role", "option");
    item.classList.add("palette-item");
    item.addEventListener("click", () => this.#init.taken(choice));
    return item;
  }

  #key(event: KeyboardEvent): void {
    // Enter ends the composition of a word there.
    if (event.isComposing) return;
    const count = this.#choices.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = this.#choices[this.#at];
    if (step && count) this.#at = (this.#at + step + count) % count;
    else if (event.key !== "Enter") return;
    else if (choice !== undefined) this.#init.taken(choice);
    event.preventDefault();
    this.#mark();
  }

  #mark(): void {
    [...this.list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === this.#at));
      if (index === this.#at) item.scrollIntoView({ block: "nearest" });
    });
    const marked = this.#choices.length > 0 ? `palette-${this.#at}` : "";
    this.field.setAttribute("aria-activedescendant", marked);
  }
}
