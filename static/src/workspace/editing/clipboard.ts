import { t } from "../../common/i18n/translate";
import { copyText } from "../../terminal/copy_text";
import { keyWords } from "../chrome/commands";
import { usesTouch } from "../chrome/input_setting";
import { toast } from "../chrome/widgets/toasts";
import { openCopyField, openPasteField } from "./clipboard_field";

/** Something that takes text: the editor, or the terminal. */
export interface PasteTarget {
  focus(): void;
  paste(text: string): void;
}

/**
 * Pastes as a menu does. Browsers give a page the clipboard only over HTTPS, and only if the user
 * allows it; otherwise a message says which keys paste: those need no permission. On a touch screen a
 * text field takes their place.
 */
export async function pasteInto(target: PasteTarget, keys: string): Promise<void> {
  target.focus();
  try {
    const text = await navigator.clipboard.readText();
    target.focus(); // a question of the browser takes it
    if (text) target.paste(text);
    else toast(t("paste.empty"));
  } catch {
    if (usesTouch()) openPasteField((text) => target.paste(text));
    else toast(t("paste.refused", { keys: keyWords(keys) ?? keys }), "problem");
  }
}

/**
 * Copies text that is no selection of the page, such as the terminal's; whether that worked. `keys` also
 * copy it.
 */
export async function copyOrSayKeys(text: string, keys: string): Promise<boolean> {
  const copied = await copyText(text);
  if (!copied && usesTouch()) openCopyField(text);
  else if (!copied) sayKeys(keys);
  return copied;
}

/** The browser has refused to copy; `keys` do it in any case. */
export function sayKeys(keys: string): void {
  toast(t("copy.refused", { keys: keyWords(keys) ?? keys }), "problem");
}
