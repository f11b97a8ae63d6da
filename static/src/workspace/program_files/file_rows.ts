import { size } from "../../common/i18n/format";
import { make } from "../chrome/widgets/dom";
import { ft } from "./files_texts";

export interface RowAction {
  readonly testid: string;
  /** What the button shows, and what it is called. */
  readonly text: string;
  readonly label: string;
  /** Of what is on or off. */
  readonly on?: boolean;
  run(): void;
}

export interface FileRow {
  readonly name: string;
  readonly bytes: number;
  /** Beside the size. */
  readonly notes: readonly string[];
  readonly address: string;
  show(): void;
  readonly actions: readonly RowAction[];
}

/** A file with what can be done with it. */
export function rowOf(row: FileRow): HTMLElement {
  const { name, bytes, notes, address, actions } = row;
  const open = make("button", { type: "button", class: "files-name", title: name }, name);
  open.ariaLabel = ft("preview", { name });
  open.addEventListener("click", () => row.show());
  const told = [size(bytes), ...notes].join(" · ");
  const file = name.slice(name.lastIndexOf("/") + 1);
  const save = make("a", { class: "button quiet", href: address, download: file }, "↓");
  save.ariaLabel = save.title = ft("download", { name });
  save.dataset.testid = "file-download";
  const buttons = actions.map((action) => {
    const button = make("button", { type: "button", class: "button quiet" }, action.text);
    button.ariaLabel = button.title = action.label;
    button.dataset.testid = action.testid;
    if (action.on !== undefined) button.ariaPressed = String(action.on);
    button.addEventListener("click", () => action.run());
    return button;
  });
  const end = make("span", { class: "files-actions" }, save, ...buttons);
  const note = make("span", { class: "files-note" }, told);
  return make("li", { class: "files-row", "data-name": name }, open, note, end);
}
