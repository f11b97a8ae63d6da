import type { Theme } from "../../common/preferences";
import { rt } from "../../common/rooms/room_text";
import { copyText } from "../../terminal/copy_text";
import { make } from "../chrome/widgets/dom";

/** On narrow screens one pane is shown at a time. */
export function bindPanes(page: HTMLElement): void {
  const buttons = [...page.querySelectorAll<HTMLButtonElement>("[data-shows]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      page.dataset.pane = button.dataset.shows;
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    });
  }
}

/** The user's text as it was, when the room could not take its last changes. */
export function showLost(place: HTMLElement, text: string): void {
  const field = make("textarea", { class: "room-lost", readonly: true, rows: 6 });
  field.value = text;
  const copy = make("button", { type: "button", class: "button" }, rt("problem.copy"));
  copy.addEventListener("click", () => void copyText(text));
  const close = make("button", { type: "button", class: "button" }, rt("problem.close"));
  close.addEventListener("click", () => {
    place.hidden = true;
    place.replaceChildren();
  });
  place.replaceChildren(make("p", {}, rt("problem.lost")), field, copy, close);
  place.hidden = false;
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
