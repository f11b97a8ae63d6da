import { make } from "./dom";

type Choices = readonly (readonly [string, string])[];

/** A row of a settings dialog: one of several. */
export function choice(
  label: string,
  choices: Choices,
  value: string,
  chosen: (value: string) => void,
): HTMLElement {
  const select = make("select", { class: "select" });
  for (const [id, words] of choices) select.append(new Option(words, id));
  select.value = value;
  select.addEventListener("change", () => chosen(select.value));
  return make("label", { class: "setting" }, make("span", {}, label), select);
}

/** A row of a settings dialog: on or off. */
export function onOff(
  { label, help }: { readonly label: string; readonly help: string },
  on: boolean,
  changed: (on: boolean) => void,
): HTMLElement {
  const box = make("input", { type: "checkbox", checked: on });
  box.addEventListener("change", () => changed(box.checked));
  const words = make("span", {}, make("strong", {}, label), make("small", {}, help));
  return make("label", { class: "choice" }, box, words);
}
