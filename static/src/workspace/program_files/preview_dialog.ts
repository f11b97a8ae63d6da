import type { FilePreview } from "../../protocol.gen";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import { ft } from "./files_texts";

/** What Python's `open()` takes for granted. */
const USUAL = "utf-8";

/** The beginning of a file. `address`: of all of it. */
export function showPreview(name: string, preview: FilePreview, address: string): void {
  const { body } = openDialog(name, "files-preview");
  const { kind, encoding, cut } = preview;
  body.dataset.testid = "file-preview";
  if (encoding) body.append(make("p", { class: "files-note" }, encodingText(name, encoding)));
  body.append(contentOf(preview, name, address));
  if (cut) body.append(make("p", { class: "files-note" }, ft("cut")));
  const file = name.slice(name.lastIndexOf("/") + 1);
  const link = make("a", { class: "button", href: address, download: file });
  link.textContent = ft("download", { name: file });
  body.append(link);
  body.dataset.kind = kind;
}

function encodingText(name: string, encoding: string): string {
  const said = ft("encoding", { encoding: encoding.toUpperCase() });
  return encoding === USUAL ? said : `${said}. ${ft("open_with", { name, encoding })}`;
}

function contentOf({ kind, text, rows }: FilePreview, name: string, address: string): HTMLElement {
  if (kind === "table") return tableOf(rows);
  if (kind === "text") return make("pre", { class: "files-text", tabindex: 0 }, text);
  if (kind === "picture") return make("img", { class: "files-picture", src: address, alt: name });
  return make("p", {}, ft("binary"));
}

function tableOf(rows: FilePreview["rows"]): HTMLElement {
  const [head = [], ...others] = rows;
  const cells = head.map((cell) => make("th", { scope: "col" }, cell));
  const lines = others.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, cell))));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...cells)));
  table.append(make("tbody", {}, ...lines));
  return make("div", { class: "files-table", tabindex: 0 }, table);
}
