import { make } from "./dom";

export interface InlineInput {
  readonly value: string;
  readonly label: string;
  /** Why the text is invalid, as a sentence; null if it is valid. */
  problem(text: string): string | null;
  done(text: string): void;
  /** Called last, whether or not the text was accepted. */
  closed(): void;
}

/** A field that edits a name in place: Enter accepts, Escape cancels. */
export function inlineInput(options: InlineInput): HTMLElement {
  const attributes = { class: "inline-input", "aria-label": options.label, spellcheck: "false" };
  const field = make("input", { ...attributes, autocomplete: "off", autocapitalize: "off" });
  const message = make("span", { class: "inline-problem", role: "alert", hidden: true });
  field.value = options.value;
  let over = false;
  const end = (accept: boolean) => {
    if (over) return;
    const text = field.value.trim();
    if (accept && text !== options.value && options.problem(text) === null) {
      over = true;
      options.done(text);
    }
    over = true;
    options.closed();
  };
  field.addEventListener("input", () => {
    const problem = options.problem(field.value.trim());
    field.setAttribute("aria-invalid", String(problem !== null));
    message.textContent = problem;
    message.hidden = problem === null;
  });
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter" && options.problem(field.value.trim()) === null) end(true);
    else if (event.key === "Escape") end(false);
  });
  field.addEventListener("blur", () => end(true));
  queueMicrotask(() => {
    field.focus();
    const dot = options.value.lastIndexOf(".");
    field.setSelectionRange(0, dot > 0 ? dot : options.value.length);
  });
  return make("span", { class: "inline-edit" }, field, message);
}
