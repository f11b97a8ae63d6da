import { matching } from "../../common/base/fuzzy_match";
import { t } from "../../common/i18n/translate";
import { type Command, isEnabled, keyWords } from "./commands";
import { ChoiceList } from "./widgets/choice_list";
import { openDialog } from "./widgets/dialog";
import { make } from "./widgets/dom";

/** The command palette: a searchable list of all commands. */
export function openPalette(commands: readonly Command[]): void {
  let chosen: Command | null = null;
  // The command runs after the dialog has restored the focus, so that it can move the focus.
  const { body, close } = openDialog(t("command.palette"), "palette", () => chosen?.run());
  const choices = new ChoiceList<Command>({
    label: t("command.palette"),
    prompt: t("palette.find"),
    row,
    taken: (command) => {
      chosen = command;
      close();
    },
  });
  const { field, list } = choices;
  const empty = make("p", { class: "list-empty", role: "status" }, t("palette.none"));
  body.append(field, list, empty);
  const search = () => {
    const found = matching(field.value, commands.filter(isEnabled), ({ name }) => t(name));
    choices.show(found);
    empty.hidden = found.length > 0;
  };
  field.addEventListener("input", search);
  search();
  field.focus();
}

function row(command: Command): HTMLElement {
  const made = make("li", { "data-id": command.id }, make("span", {}, t(command.name)));
  const keys = command.keys && keyWords(command.keys);
  if (keys) made.append(make("kbd", {}, keys));
  return made;
}
