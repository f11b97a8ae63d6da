import { t } from "../../../common/i18n/translate";
import { iconButton, make } from "./dom";

const CONTROL = "button, input, select, [tabindex]";

/** A modal dialog with a title and a way out; the caller fills `body`, and may wait for `closed`. */
export interface OpenDialog {
  readonly body: HTMLElement;
  close(): void;
}

export function openDialog(title: string, className: string, closed = () => {}): OpenDialog {
  const heading = make("h2", { id: "dialog-title" }, title);
  const out = iconButton("close", t("dialog.close"));
  const body = make("div", { class: "dialog-body" });
  const dialog = make(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": "dialog-title" },
    make("header", { class: "dialog-head" }, heading, out),
    body,
  );
  const close = () => dialog.close();
  out.addEventListener("click", close);
  // A press on the backdrop closes the dialog.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
  // What it is for, and not the way out, has the focus: the caller fills it in this turn.
  queueMicrotask(() => body.querySelector<HTMLElement>(CONTROL)?.focus());
  return { body, close };
}
