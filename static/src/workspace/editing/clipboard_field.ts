import { t } from "../../common/i18n/translate";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";

/** A field that the browser's own menu pastes into, where a page may not read the clipboard. */
export function openPasteField(paste: (text: string) => void): void {
  const { body, close } = openDialog(t("paste.title"), "clipboard-dialog");
  const field = textField(t("paste.field"));
  const send = make("button", { type: "button", class: "button primary" }, t("paste.done"));
  const done = (text: string) => {
    close();
    if (text) paste(text);
  };
  field.addEventListener("paste", (event) => {
    event.preventDefault();
    done(event.clipboardData?.getData("text/plain") ?? "");
  });
  send.addEventListener("click", () => done(field.value));
  body.append(make("p", {}, t("paste.help")), field, send);
  queueMicrotask(() => field.focus());
}

/** A field whose text is selected, for the browser's own menu. */
export function openCopyField(text: string): void {
  const { body } = openDialog(t("copy.title"), "clipboard-dialog");
  const field = textField(t("copy.field"));
  field.value = text;
  field.readOnly = true;
  body.append(make("p", {}, t("copy.help")), field);
  queueMicrotask(() => {
    field.focus();
    field.select();
  });
}

function textField(label: string): HTMLTextAreaElement {
  const attributes = { "aria-label": label, rows: 4, autocomplete: "off", spellcheck: "false" };
  return make("textarea", { class: "clipboard-field", autocapitalize: "off", ...attributes });
}
