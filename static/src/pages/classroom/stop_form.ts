import { ct } from "../../common/classroom/class_text";
import { REASON_CHARACTERS } from "../../protocol.gen";
import { button, make } from "./elements";

/** Stops a program with words that the student reads. */
export class StopForm {
  readonly element = make("div", { class: "stop-run" });
  readonly #open: HTMLButtonElement;
  readonly #form = make("form", { class: "stop-form", hidden: true });
  readonly #field = make("input", { class: "field", maxlength: REASON_CHARACTERS, required: true });

  constructor(stop: (reason: string) => void) {
    this.#open = button(ct("stop.open"), () => this.#setOpen(true));
    this.#open.dataset.testid = "stop-run";
    const choices = (["stop.listen", "stop.loop"] as const).map((key) =>
      make("option", { value: ct(key) }),
    );
    const list = make("datalist", { id: "stop-reasons" }, ...choices);
    this.#field.setAttribute("list", list.id);
    this.#field.dataset.testid = "stop-reason";
    const send = make("button", { type: "submit", class: "button danger" }, ct("stop.send"));
    const cancel = button(ct("stop.cancel"), () => this.#setOpen(false));
    this.#form.append(this.#field, list, send, cancel);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = this.#field.value.trim();
      if (!reason) return;
      stop(reason);
      this.#setOpen(false);
    });
    this.#form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#setOpen(false);
    });
    this.element.append(this.#open, this.#form);
  }

  /** `possible`: there is a program that runs. */
  reset(student: string, possible: boolean): void {
    this.#field.setAttribute("aria-label", ct("stop.reason", { student }));
    this.#field.placeholder = ct("stop.reason", { student });
    this.#open.disabled = !possible;
    if (!possible) this.#setOpen(false);
  }

  #setOpen(open: boolean): void {
    const inside = this.element.contains(document.activeElement);
    this.#form.hidden = !open;
    this.#open.hidden = open;
    if (open) {
      this.#field.value = ct("stop.listen");
      this.#field.focus();
      this.#field.select();
    } else if (inside) {
      this.#open.focus();
    }
  }
}
