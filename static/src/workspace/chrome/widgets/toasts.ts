import { byId, make } from "./dom";

const SHORT_MS = 6000;
/** The user has to read the text and to decide. */
const WITH_ACTION_MS = 10_000;
const MOST = 3;

export interface ToastAction {
  readonly label: string;
  run(): void;
}

/** A short message at the edge of the page. Screen readers read a `problem` immediately. */
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
  // A user who is about to press the button needs more time.
  shown.addEventListener("focusin", () => window.clearTimeout(timer));
  shown.addEventListener("pointerenter", () => window.clearTimeout(timer));
  shown.addEventListener("pointerleave", () => {
    timer = window.setTimeout(remove, SHORT_MS);
  });
}
