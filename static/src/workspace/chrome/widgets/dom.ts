/** An element of the template; throws if it is missing. */
export function byTestId<T extends HTMLElement = HTMLElement>(name: string): T {
  return found(document.querySelector<T>(`[data-testid="${name}"]`), name);
}

export function byId<T extends HTMLElement = HTMLElement>(name: string): T {
  return found(document.getElementById(name) as T | null, name);
}

function found<T>(element: T | null, name: string): T {
  if (element === null) throw new Error(`the page has no ${name}`);
  return element;
}

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

/** An icon from templates/runner/icons.html. */
export function icon(name: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#icon-${name}`);
  picture.append(use);
  return picture;
}

export function iconButton(name: string, label: string): HTMLButtonElement {
  const attributes = { type: "button", class: "icon-button", title: label, "aria-label": label };
  return make("button", attributes, icon(name));
}
