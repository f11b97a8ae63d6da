import { type TextKey, t } from "../../common/i18n/translate";
import type { EditorHost } from "../../editor/editor_host";
import type { TerminalView } from "../../terminal/terminal_view";
import { type Command, keyWords } from "../chrome/commands";
import { byTestId } from "../chrome/widgets/dom";
import { type MenuEntry, openMenuAt } from "../chrome/widgets/menu";

type Ids = readonly (readonly string[])[];

/** The ids of commands, in groups; of Run and Stop, the one that is possible. */
const EDITOR: Ids = [
  ["run", "stop"],
  ["undo", "redo"],
  ["cut", "copy", "paste", "select_all"],
  ["find", "find_in_files", "replace", "go_to_line", "definition"],
  ["comment", "duplicate_line"],
  ["palette"],
];
const TERMINAL: Ids = [
  ["copy-output", "copy-all-output", "paste-input", "select-output"],
  ["find-in-terminal", "clear"],
  ["palette"],
];
/** Shorter names than in the command list, where the menu says what they are about. */
const SHORT: Readonly<Record<string, TextKey>> = {
  "copy-output": "command.copy",
  "paste-input": "command.paste",
  "select-output": "command.select_all",
  "find-in-terminal": "command.find",
  palette: "command.all",
};
const OMITTED_IF_DISABLED = new Set(["run", "stop"]);

/** Opens the page's commands on a right click, Shift+F10 or the menu key. */
export function bindContextMenus(
  commands: readonly Command[],
  editor: EditorHost,
  terminal: TerminalView,
): void {
  const byId = new Map(commands.map((command) => [command.id, command]));
  const open = (ids: Ids, at: { x: number; y: number }, label: string, pane: HTMLElement) =>
    openMenuAt(at, entries(ids, byId), label, pane);
  const [code, screen] = [byTestId("editor"), byTestId("terminal")];
  editor.onDidAskForMenu((at) => open(EDITOR, at, t("editor.menu"), code));
  terminal.onDidAskForMenu((at) => open(TERMINAL, at, t("terminal.menu"), screen));
}

function entries(ids: Ids, byId: ReadonlyMap<string, Command>): MenuEntry[] {
  const groups = ids.map((group) => group.flatMap((id) => entry(byId.get(id))));
  const shown = groups.filter((group) => group.length > 0);
  return shown.flatMap((group, index) => (index === 0 ? group : ["line" as const, ...group]));
}

function entry(command: Command | undefined): MenuEntry[] {
  if (!command) return [];
  const disabled = !(command.enabled?.() ?? true);
  if (disabled && OMITTED_IF_DISABLED.has(command.id)) return [];
  const keys = command.keys && keyWords(command.keys);
  const label = t(SHORT[command.id] ?? command.name);
  return [{ label, ...(keys && { keys }), disabled, run: () => command.run() }];
}
