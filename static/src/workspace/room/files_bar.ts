import { rt } from "../../common/rooms/room_text";
import { make } from "../chrome/widgets/dom";
import type { RoomDocument } from "./room_document";
import { focusOn, redraw } from "./room_page";

export interface FilesBarHost {
  open(key: string): void;
  undo(): void;
  redo(): void;
}

/** The files of a room as tabs. Adding, renaming and removing change them for everybody. */
export class FilesBar {
  readonly #bar: HTMLElement;
  readonly #host: FilesBarHost;
  #shown = "";
  #readOnly = true;

  constructor(bar: HTMLElement, host: FilesBarHost) {
    this.#bar = bar;
    this.#host = host;
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", rt("file.files"));
  }

  draw(document: RoomDocument, shown: string, readOnly: boolean): void {
    this.#shown = shown;
    this.#readOnly = readOnly;
    if (this.#bar.querySelector("form")?.contains(window.document.activeElement)) return; // a name is typed
    const { files } = document;
    const parts: HTMLElement[] = [];
    for (const { key, path } of files) {
      const tab = make(
        "button",
        {
          type: "button",
          class: "room-file",
          "aria-pressed": String(key === shown),
          "data-key": `tab ${key}`,
        },
        make("bdi", {}, path),
      );
      tab.addEventListener("click", () => this.#host.open(key));
      parts.push(tab);
      if (key !== shown || readOnly) continue;
      parts.push(
        this.#does("✎", rt("file.rename", { path }), () => this.#ask(document, key, path)),
      );
      if (files.length > 1) {
        parts.push(
          this.#does("×", rt("file.remove", { path }), () => {
            if (!window.confirm(rt("file.sure", { path }))) return;
            document.remove(key);
            focusOn(this.#bar, `tab ${this.#shown}`);
          }),
        );
      }
    }
    if (!readOnly) {
      parts.push(
        this.#does("+", rt("file.add"), () => this.#ask(document, "", "")),
        // Phones have no keys for it.
        stays(this.#does("↶", rt("edit.undo"), () => this.#host.undo())),
        stays(this.#does("↷", rt("edit.redo"), () => this.#host.redo())),
      );
    }
    redraw(this.#bar, parts);
  }

  #does(sign: string, label: string, run: () => void): HTMLButtonElement {
    const attributes = {
      type: "button",
      class: "room-does-file",
      title: label,
      "aria-label": label,
      "data-key": label,
    };
    const made = make("button", attributes, sign);
    made.addEventListener("click", run);
    return made;
  }

  #ask(document: RoomDocument, key: string, path: string): void {
    const field = make("input", {
      class: "field",
      value: path,
      "aria-label": rt("file.name"),
      placeholder: rt("file.name"),
      maxlength: 255,
      autocapitalize: "off",
      autocomplete: "off",
      spellcheck: "false",
    });
    const form = make("form", { class: "room-name" }, field);
    const close = () => {
      form.remove();
      this.draw(document, this.#shown, this.#readOnly);
      focusOn(this.#bar, `tab ${this.#shown}`);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = field.value.trim();
      if (wanted && wanted !== path) {
        if (key) document.rename(key, wanted);
        else this.#host.open(document.add(wanted));
      }
      close();
    });
    field.addEventListener("keydown", ({ key: pressed }) => {
      if (pressed === "Escape") close();
    });
    this.#bar.append(form);
    field.focus();
    field.select();
  }
}

/** Who writes goes on writing after a press: a phone keeps its keyboard. */
function stays(button: HTMLButtonElement): HTMLButtonElement {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  return button;
}
