import { matching } from "../../common/base/fuzzy_match";
import { t } from "../../common/i18n/translate";
import { type Command, keyWords } from "./commands";
import { openDialog } from "./widgets/dialog";
import { make } from "./widgets/dom";

/** The command palette: a searchable list of all commands. */
export function openPalette(commands: readonly Command[]): void {
  let chosen: Command | null = null;
  // The command runs after the dialog has restored the focus, so that it can move the focus.
  const { body, close } = openDialog(t("command.palette"), "palette", () => chosen?.run());
  const field = make("input", {
    class: "palette-field",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-label": t("palette.find"),
    placeholder: t("palette.find"),
    autocomplete: "off",
    spellcheck: "false",
  });
  const list = make("ul", {
    id: "palette-list",
    role: "listbox",
    "aria-label": t("command.palette"),
  });
  const empty = make("p", { class: "list-empty", role: "status" }, t("palette.none"));
  body.append(field, list, empty);
  let at = 0;
  let found: Command[] = [];

  const mark = () => {
    [...list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === at));
      if (index === at) item.scrollIntoView({ block: "nearest" });
    });
    field.setAttribute("aria-activedescendant", found.length ? `palette-${at}` : "");
  };
  const take = (command: Command | undefined) => {
    if (!command) return;
    chosen = command;
    close();
  };
  const show = () => {
    const able = commands.filter((command) => command.enabled?.() ?? true);
    found = matching(field.value, able, (command) => t(command.name));
    at = 0;
    list.replaceChildren(...found.map((command, index) => item(command, index, take)));
    empty.hidden = found.length > 0;
    mark();
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) at = (at + step + found.length) % found.length;
    else if (event.key === "Enter") take(found[at]);
    else return;
    event.preventDefault();
    mark();
  });
  show();
  field.focus();
}

function item(command: Command, index: number, take: (command: Command) => void): HTMLElement {
  const attributes = { role: "option", id: `palette-${index}`, class: "palette-item" };
  const made = make("li", attributes, make("span", {}, t(command.name)));
  if (command.keys) made.append(make("kbd", {}, keyWords(command.keys)));
  made.addEventListener("click", () => take(command));
  return made;
}
