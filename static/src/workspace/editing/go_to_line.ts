import { t } from "../../common/i18n/translate";
import { offsetOf } from "../../common/languages/text_offset";
import type { EditorHost } from "../../editor/editor_host";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";

/** Asks for the number of a line, and shows it. */
export function openGoToLine(editor: EditorHost): void {
  const text = editor.getText();
  const last = text.split("\n").length;
  let wanted: number | null = null;
  const { body, close } = openDialog(t("command.go_to_line"), "palette", () => {
    if (wanted === null) return;
    const offset = offsetOf(text, wanted);
    editor.select(offset, offset);
  });
  const field = make("input", {
    class: "palette-field",
    inputmode: "numeric",
    "aria-label": t("command.go_to_line"),
    "aria-describedby": "line-hint",
    placeholder: t("command.go_to_line"),
    autocomplete: "off",
    spellcheck: "false",
  });
  const hint = make("p", { class: "palette-hint", id: "line-hint" }, t("line.hint", { last }));
  body.append(field, hint);
  field.addEventListener("input", () => {
    field.setAttribute("aria-invalid", String(lineIn(field.value, last) === null));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    wanted = lineIn(field.value, last);
    field.setAttribute("aria-invalid", String(wanted === null));
    if (wanted !== null) close();
  });
}

/** The number that the user typed, from 1 to `last`; null if it is none. */
function lineIn(typed: string, last: number): number | null {
  const number = /^\s*\d{1,9}\s*$/.test(typed) ? Number(typed) : 0;
  return number >= 1 && number <= last ? number : null;
}
