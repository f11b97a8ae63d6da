type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Creates an element. `true` sets an attribute without a value, `false` omits it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

export function button(label: string, pressed: () => void, kind = ""): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button ${kind}`.trim() }, label);
  made.addEventListener("click", pressed);
  return made;
}

/** Sets the text only if it differs: a screen reader reads what is set. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
