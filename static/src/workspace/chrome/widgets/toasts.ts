import { t } from "../../../common/i18n/translate";
import { byId, iconButton, make } from "./dom";

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
  show(text, kind, action);
}

/** News that may be true for a moment only; what is returned takes them away. */
export function passingToast(text: string): () => void {
  return show(text, "news");
}

function show(text: string, kind: "news" | "problem", action?: ToastAction): () => void {
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
  put(shown, text);
  let timer = window.setTimeout(remove, action ? WITH_ACTION_MS : SHORT_MS);
  // A user who is about to press the button needs more time.
  shown.addEventListener("focusin", () => window.clearTimeout(timer));
  shown.addEventListener("pointerenter", () => window.clearTimeout(timer));
  shown.addEventListener("pointerleave", () => {
    timer = window.setTimeout(remove, SHORT_MS);
  });
  return remove;
}

/** A problem with several parts, such as files: it stays until it is closed, to be read without haste. */
export function lastingToast(text: string, parts: readonly string[]): void {
  const attributes = { class: "toast lasting", role: "alert", "data-kind": "problem" };
  const close = iconButton("close", t("dialog.close"));
  const list = make("ul", { tabindex: 0 }, ...parts.map((part) => make("li", {}, part)));
  const shown = make("div", attributes, make("p", {}, text), close, list);
  close.addEventListener("click", () => shown.remove());
  put(shown, text);
}

/** In place of one that says the same, and of the first that need not be read. */
function put(shown: HTMLElement, text: string): void {
  const place = byId("toasts");
  for (const same of [...place.children]) {
    if (same.firstChild?.textContent === text) same.remove();
  }
  while (place.childElementCount >= MOST) {
    (place.querySelector(".toast:not(.lasting)") ?? place.firstElementChild)?.remove();
  }
  place.append(shown);
}
