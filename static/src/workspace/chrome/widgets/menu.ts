import { make } from "./dom";

export interface MenuItem {
  readonly label: string;
  /** The keys that do the same, as words. */
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  run(): void;
}

/** A line between groups of items. */
export type MenuEntry = MenuItem | "line";

const EDGE = 8;

/** Opens a menu below its button. Supports arrow keys and Escape, and restores the focus. */
export function openMenu(anchor: HTMLElement, items: readonly MenuEntry[]): void {
  const menu = show(items, () => {
    anchor.setAttribute("aria-expanded", "false");
    return anchor;
  });
  const [at, size] = [anchor.getBoundingClientRect(), menu.getBoundingClientRect()];
  const below = at.bottom + 4 + size.height <= window.innerHeight - EDGE;
  place(menu, at.left, below ? at.bottom + 4 : at.top - 4 - size.height);
  anchor.setAttribute("aria-expanded", "true");
}

/**
 * Opens a context menu at a point, inside `pane` where it has room. The element that had the focus
 * gets it back, before an item is run.
 */
export function openMenuAt(
  point: { readonly x: number; readonly y: number },
  items: readonly MenuEntry[],
  label: string,
  pane: HTMLElement,
): void {
  const menu = show(items, () => null);
  menu.setAttribute("aria-label", label);
  const [{ right }, { width, height }] = [
    pane.getBoundingClientRect(),
    menu.getBoundingClientRect(),
  ];
  const { x, y } = point;
  const below = y + height <= window.innerHeight - EDGE;
  place(menu, Math.min(x, right - EDGE - width), below ? y : y - height);
}

/** `closed` returns the element that gets the focus. */
function show(items: readonly MenuEntry[], closed: () => HTMLElement | null): HTMLElement {
  const menu = make("div", { class: "popup-menu", role: "menu", popover: "auto" });
  menu.append(...items.map((item) => (item === "line" ? make("hr") : button(menu, item))));
  menu.addEventListener("keydown", (event) => moveFocus(menu, event));
  menu.addEventListener("contextmenu", (event) => event.preventDefault());
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const next = closed();
    const inside = menu.contains(document.activeElement);
    menu.remove();
    if (inside) next?.focus();
  });
  document.body.append(menu);
  menu.showPopover();
  menu.querySelector<HTMLButtonElement>("button:enabled")?.focus();
  return menu;
}

function button(menu: HTMLElement, item: MenuItem): HTMLButtonElement {
  const attributes = { type: "button", role: "menuitem", class: item.danger ? "danger" : "" };
  const state = { ...attributes, disabled: item.disabled ?? false };
  const made = make("button", state, make("span", {}, item.label));
  if (item.keys) made.append(make("kbd", { "aria-hidden": "true" }, item.keys));
  made.addEventListener("click", () => {
    menu.hidePopover();
    item.run();
  });
  return made;
}

/** Keeps the menu inside the window. */
function place(menu: HTMLElement, x: number, y: number): void {
  const { width, height } = menu.getBoundingClientRect();
  const inside = (at: number, size: number, room: number) =>
    Math.max(EDGE, Math.min(at, room - EDGE - size));
  menu.style.left = `${inside(x, width, window.innerWidth)}px`;
  menu.style.top = `${inside(y, height, window.innerHeight)}px`;
}

function moveFocus(menu: HTMLElement, event: KeyboardEvent): void {
  const buttons = [...menu.querySelectorAll<HTMLButtonElement>("button:enabled")];
  const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const steps: Record<string, number> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1 + buttons.length,
    Home: 0,
    End: buttons.length - 1,
  };
  if (event.key === "Tab") menu.hidePopover();
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  buttons[next % buttons.length]?.focus();
}
