import { byId, make } from "./dom";

const SHORT_MS = 6000;
/** Somebody has to read it, and to decide. */
const WITH_ACTION_MS = 10_000;
const MOST = 3;

export interface ToastAction {
  readonly label: string;
  run(): void;
}

/** A passing word at the edge of the page; `problem` is read out at once. */
export function toast(text: string, kind: "news" | "problem" = "news", action?: ToastAction): void {
  const place = byId("toasts");
  const role = kind === "problem" ? "alert" : "status";
  const shown = make("div", { class: "toast", role, "data-kind": kind }, make("p", {}, text));
  const remove = () => shown.remove();
  if (action) {
    const button = make("button", { type: "button", class: "button quiet" }, action.label);
    button.addEventListener("click", () => {
      remove();
      action.run();
    });
    shown.append(button);
  }
  for (const same of [...place.children]) {
    if (same.firstChild?.textContent === text) same.remove();
  }
  while (place.childElementCount >= MOST) place.firstElementChild?.remove();
  place.append(shown);
  let timer = window.setTimeout(remove, action ? WITH_ACTION_MS : SHORT_MS);
  // Who is about to press it needs more time.
  shown.addEventListener("focusin", () => window.clearTimeout(timer));
  shown.addEventListener("pointerenter", () => window.clearTimeout(timer));
  shown.addEventListener("pointerleave", () => {
    timer = window.setTimeout(remove, SHORT_MS);
  });
}
