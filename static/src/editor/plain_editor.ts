import type { Editor, EditorPlace } from "./editor";

/** A text field: there at once, while Monaco loads, and on touch screens, where Monaco does not work. */
export class PlainEditor implements Editor {
  readonly #field = document.createElement("textarea");

  constructor(place: EditorPlace) {
    this.#field.className = "plain-editor";
    this.#field.value = place.text;
    this.#field.spellcheck = false;
    this.#field.autocapitalize = "off";
    this.#field.setAttribute("autocorrect", "off");
    this.#field.setAttribute("aria-label", place.label);
    this.#field.setSelectionRange(...place.selection);
    this.#field.addEventListener("input", place.changed);
    place.parent.append(this.#field);
  }

  getText(): string {
    return this.#field.value;
  }

  setText(text: string): void {
    this.#field.value = text;
  }

  setLanguage(): void {}

  focus(): void {
    this.#field.focus();
  }

  hasFocus(): boolean {
    return document.activeElement === this.#field;
  }

  getSelection(): [number, number] {
    return [this.#field.selectionStart, this.#field.selectionEnd];
  }

  dispose(): void {
    this.#field.remove();
  }
}
