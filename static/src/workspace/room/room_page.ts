import { at } from "../../common/base/paths";
import type { Theme } from "../../common/preferences";
import { rt } from "../../common/rooms/room_text";
import { copyText } from "../../terminal/copy_text";
import { byId, make } from "../chrome/widgets/dom";

/** On narrow screens one pane is shown at a time. */
export class Panes {
  readonly #page: HTMLElement;
  readonly #buttons: readonly HTMLButtonElement[];
  #unread = 0;

  constructor(page: HTMLElement) {
    this.#page = page;
    this.#buttons = [...page.querySelectorAll<HTMLButtonElement>("[data-shows]")];
    for (const button of this.#buttons) {
      button.addEventListener("click", () => this.#show(button));
    }
  }

  /** Somebody else has said something: who sees another pane is told how often. */
  noteLine(): void {
    if (this.#page.dataset.pane !== "chat") this.#countUnread(this.#unread + 1);
  }

  #show(button: HTMLButtonElement): void {
    this.#page.dataset.pane = button.dataset.shows;
    for (const one of this.#buttons) one.setAttribute("aria-pressed", String(one === button));
    if (button.dataset.shows === "chat") this.#countUnread(0);
  }

  #countUnread(count: number): void {
    this.#unread = count;
    const note = byId("room-unread");
    note.hidden = count === 0;
    note.textContent = rt("chat.unread", { count });
  }
}

/** In place of what is in `parent`. Who was on a control is on the one that stands for it. */
export function redraw(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && parent.contains(active) ? active.dataset.key : null;
  parent.replaceChildren(...children);
  if (key) focusOn(parent, key);
}

/** On the control of that `data-key`. */
export function focusOn(parent: HTMLElement, key: string): void {
  for (const one of parent.querySelectorAll<HTMLElement>("[data-key]")) {
    if (one.dataset.key === key) one.focus();
  }
}

/** The user's text as it was, when the room could not take its last changes. */
export function showLost(place: HTMLElement, text: string): void {
  const close = make("button", { type: "button", class: "button" }, rt("problem.close"));
  close.addEventListener("click", () => {
    place.hidden = true;
    place.replaceChildren();
  });
  place.replaceChildren(...lost(text), close);
  place.hidden = false;
}

function lost(text: string): HTMLElement[] {
  const field = make("textarea", { class: "room-lost", readonly: true, rows: 6 });
  field.value = text;
  const copy = make("button", { type: "button", class: "button" }, rt("problem.copy"));
  copy.addEventListener("click", () => void copyText(text));
  return [make("p", {}, rt("problem.lost")), field, copy];
}

/** Why the page is not in the room, and what can be done; `unsent`: see `RoomSync`. */
export function showAbsence(
  place: HTMLElement,
  state: "refused" | "closed" | "signed_out" | "other",
  unsent: string | null,
): void {
  const parts: HTMLElement[] = [];
  if (state !== "refused") parts.push(make("p", {}, rt(`absent.${state}`)));
  if (state === "signed_out") {
    const next = encodeURIComponent(location.pathname);
    const href = at(`/accounts/login/?next=${next}`);
    parts.push(make("a", { class: "button", href, target: "_blank" }, rt("absent.sign_in")));
  } else if (state !== "closed" && unsent !== null) parts.push(...lost(unsent));
  place.replaceChildren(...parts);
  place.dataset.absent = state;
  place.hidden = parts.length === 0;
}

/** The page is in the room again. */
export function hideAbsence(place: HTMLElement): void {
  if (place.dataset.absent === undefined) return;
  delete place.dataset.absent;
  place.hidden = true;
  place.replaceChildren();
}

/** Calls `show` with the theme that the page is shown in, now and whenever it changes. */
export function followTheme(show: (theme: Theme) => void): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const update = () => {
    const chosen = document.documentElement.dataset.theme;
    const known = chosen === "dark" || chosen === "light" || chosen === "contrast";
    show(known ? chosen : dark.matches ? "dark" : "light");
  };
  dark.addEventListener("change", update);
  update();
}
