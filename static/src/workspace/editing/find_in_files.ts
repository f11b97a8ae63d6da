import { t } from "../../common/i18n/translate";
import { offsetOf } from "../../common/languages/text_offset";
import { type Found, findText, MAX_MATCHES, type Match } from "../../common/snippets/text_search";
import type { EditorHost } from "../../editor/editor_host";
import type { SourceFile } from "../../protocol.gen";
import type { Command } from "../chrome/commands";
import type { Layout } from "../chrome/layout";
import { ChoiceList } from "../chrome/widgets/choice_list";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";

interface Targets {
  readonly editor: EditorHost;
  readonly session: {
    content(): { readonly files: readonly SourceFile[] };
    show(path: string): void;
  };
  readonly layout: Layout;
}

/** A longer selection is hardly a text to look for. */
const MAX_SELECTION = 200;

/** In the terminal, its keys find what programs printed. */
export function findInFilesCommand(targets: Targets): Command {
  return {
    id: "find_in_files",
    name: "command.find_in_files",
    keys: "Mod+Shift+F",
    outsideTerminal: true,
    run: () => openFindInFiles(targets),
  };
}

/** A list of the places where a text occurs in the snippet's files. */
function openFindInFiles(targets: Targets): void {
  const { files } = targets.session.content();
  const name = t("command.find_in_files");
  let chosen: Match | null = null;
  const { body, close } = openDialog(name, "palette find-in-files", () => {
    if (chosen) show(chosen, targets);
  });
  const taken = (match: Match) => {
    chosen = match;
    close();
  };
  const choices = new ChoiceList<Match>({ label: name, prompt: name, row, taken });
  const { field, list } = choices;
  const matchCase = make("input", { type: "checkbox" });
  const status = make("p", { class: "palette-hint", role: "status" });
  const caseSwitch = make("label", { class: "check" }, matchCase, t("find.case"));
  body.append(field, make("div", { class: "find-in-files-head" }, status, caseSwitch), list);
  const search = () => {
    const found = findText(files, field.value, matchCase.checked);
    choices.show(found.matches);
    status.textContent = field.value === "" ? t("find_in_files.hint") : summary(found);
  };
  field.addEventListener("input", search);
  matchCase.addEventListener("change", search);
  field.value = textToFind(targets.editor.getSelectedText());
  field.select();
  search();
}

function textToFind(selected: string): string {
  return selected.length > MAX_SELECTION || /[\r\n]/.test(selected) ? "" : selected;
}

function summary({ matches, more }: Found): string {
  const count = matches.length;
  const files = new Set(matches.map(({ path }) => path)).size;
  if (more) return t("find_in_files.more", { count: MAX_MATCHES });
  if (count === 0) return t("find.none");
  if (count === 1) return t("find_in_files.one");
  return t(files === 1 ? "find_in_files.one_file" : "find_in_files.many_files", { count, files });
}

function row({ path, line, before, found, after }: Match): HTMLElement {
  const name = make("span", { class: "match-path", title: path }, path);
  const text = make("span", { class: "match-line", title: before + found + after });
  text.append(before, make("mark", {}, found), after);
  const place = make("span", { class: "match-place" }, name, `:${line}`);
  return make("li", { class: "match" }, place, " ", text);
}

/** Editors may change the ends of lines: the line and column are right in any case. */
function show({ path, line, column, length }: Match, { editor, session, layout }: Targets): void {
  layout.show("code");
  session.show(path);
  const from = offsetOf(editor.getText(), line) + column;
  editor.select(from, from + length);
}
