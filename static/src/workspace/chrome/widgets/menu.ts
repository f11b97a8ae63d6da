import { make } from "./dom";

export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  run(): void;
}

const EDGE = 8;

/** Opens a menu below its button. Supports arrow keys and Escape, and restores the focus. */
export function openMenu(anchor: HTMLElement, items: readonly MenuItem[]): void {
  const menu = make("div", { class: "popup-menu", role: "menu", popover: "auto" });
  for (const item of items) {
    const attributes = { type: "button", role: "menuitem", class: item.danger ? "danger" : "" };
    const button = make("button", { ...attributes, disabled: item.disabled ?? false }, item.label);
    button.addEventListener("click", () => {
      menu.hidePopover();
      item.run();
    });
    menu.append(button);
  }
  menu.addEventListener("keydown", (event) => moveFocus(menu, event));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    const inside = menu.contains(document.activeElement);
    menu.remove();
    if (inside) anchor.focus();
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  menu.querySelector<HTMLButtonElement>("button:enabled")?.focus();
}

function place(menu: HTMLElement, anchor: HTMLElement): void {
  const [at, size] = [anchor.getBoundingClientRect(), menu.getBoundingClientRect()];
  const below = at.bottom + 4 + size.height <= window.innerHeight - EDGE;
  const left = Math.min(at.left, window.innerWidth - size.width - EDGE);
  menu.style.left = `${Math.max(EDGE, left)}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(EDGE, at.top - 4 - size.height)}px`;
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
