type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Creates an element. `true` sets an attribute without a value, `false` omits it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Pages of the history have no sheet of icons. */
const PATHS = {
  previous: "M10 3 5 8l5 5",
  next: "m6 3 5 5-5 5",
  larger: "M8 3v10M3 8h10",
  smaller: "M3 8h10",
  fit: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  copy: "M5.5 5.5h7v7h-7zM10.5 5.5v-2h-7v7h2",
  download: "M8 2.5v7M4.8 6.6 8 9.8l3.2-3.2M3 12.8h10",
  whole: "M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9",
  close: "m4 4 8 8M12 4l-8 8",
} as const;
export type IconName = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: IconName): SVGSVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "artifact-icon");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  picture.append(path);
  return picture;
}

/** A button that shows only a picture; `label` is its name, and its tooltip. */
export function iconButton(name: IconName, label: string, pressed: () => void): HTMLButtonElement {
  const attributes = { type: "button", class: "artifact-button", title: label };
  const button = make("button", { ...attributes, "aria-label": label }, icon(name));
  button.addEventListener("click", pressed);
  return button;
}
