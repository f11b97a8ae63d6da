import { make } from "./dom";

export interface InlineInput {
  readonly value: string;
  readonly label: string;
  readonly placeholder?: string;
  /** The characters of `value` that are selected at first: from, to. */
  readonly selection: readonly [number, number];
  /** What the user means by the text that is in the field. */
  meant(text: string): string;
  /** Why what is meant is invalid, as a sentence; null if it is valid. */
  problem(text: string): string | null;
  /** The text is valid, and another one than at first. */
  done(text: string): void;
  /** The user left the field with an invalid text. */
  refused(problem: string): void;
  /** Called last, whether or not the text was accepted. */
  closed(): void;
}

/** A field that edits a name in place: Enter accepts, Escape and an empty field cancel. */
export function inlineInput(options: InlineInput): HTMLElement {
  const { field, message, element } = elements(options);
  const read = () => {
    const text = options.meant(field.value.trim());
    return { text, empty: field.value.trim() === "", problem: options.problem(text) };
  };
  let over = false;
  const end = (accept: boolean) => {
    if (over) return;
    over = true;
    const { text, empty, problem } = read();
    if (accept && !empty && text !== options.value) {
      if (problem === null) options.done(text);
      else options.refused(problem);
    }
    options.closed();
  };
  const show = () => {
    const { empty, problem } = read();
    const shown = empty && options.value === "" ? null : problem;
    field.setAttribute("aria-invalid", String(shown !== null));
    message.textContent = shown;
    message.hidden = shown === null;
    return shown === null;
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter" && show()) end(true);
    else if (event.key === "Escape") end(false);
  });
  field.addEventListener("blur", () => end(true));
  queueMicrotask(() => {
    field.focus();
    field.setSelectionRange(...options.selection);
  });
  return element;
}

function elements({ value, label, placeholder }: InlineInput) {
  const field = make("input", {
    class: "inline-input",
    "aria-label": label,
    placeholder: placeholder ?? "",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
  });
  field.value = value;
  const message = make("span", { class: "inline-problem", role: "alert", hidden: true });
  return { field, message, element: make("span", { class: "inline-edit" }, field, message) };
}
