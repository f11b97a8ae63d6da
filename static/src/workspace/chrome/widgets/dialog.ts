import { t } from "../../../common/i18n/translate";
import { iconButton, make } from "./dom";

const CONTROL = "button, input, select, [tabindex]";

/** A modal dialog with a title and a close button. The caller fills `body`. */
export interface OpenDialog {
  readonly body: HTMLElement;
  close(): void;
}

export function openDialog(title: string, className: string, closed = () => {}): OpenDialog {
  const heading = make("h2", { id: "dialog-title" }, title);
  const closeButton = iconButton("close", t("dialog.close"));
  const body = make("div", { class: "dialog-body" });
  const dialog = make(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": "dialog-title" },
    make("header", { class: "dialog-head" }, heading, closeButton),
    body,
  );
  const close = () => dialog.close();
  closeButton.addEventListener("click", close);
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
  // Focuses the first control of the body, which the caller fills in the same task.
  queueMicrotask(() => body.querySelector<HTMLElement>(CONTROL)?.focus());
  return { body, close };
}
