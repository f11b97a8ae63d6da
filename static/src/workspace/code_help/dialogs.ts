import "../../styles/code_help.css";
import { matching } from "../../common/base/fuzzy_match";
import { t } from "../../common/i18n/translate";
import type { CodePlace, OutlineEntry } from "../../common/intelligence/answers";
import { isPythonName, isScriptName } from "../../common/intelligence/names";
import type { CodeHelp } from "../../editor/intelligence/code_help";
import { familyOf } from "../../editor/intelligence/helper";
import { ChoiceList } from "../chrome/widgets/choice_list";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { renameEverywhere } from "./rename";
import { codeHelp } from "./start";
import type { CodeHelpTargets } from "./targets";
import { text } from "./texts";

const LONGEST_LINE = 200;

/** A list of the places where the name at the cursor is used. */
export async function openReferences(targets: CodeHelpTargets): Promise<void> {
  const { editor } = targets;
  const places = await asked(targets, (help) => help.references(editor.offset));
  if (!places) return;
  if (places.length === 0) return toast(text("no_references"));
  const files = new Map(targets.session.content().files.map((file) => [file.path, file.content]));
  const name = t("command.references");
  const count = places.length;
  const paths = new Set(places.map(({ path }) => path)).size;
  const summary =
    count === 1
      ? text("references_one")
      : text(paths === 1 ? "references_one_file" : "references", { count, files: paths });
  choose({
    title: name,
    look: "palette find-in-files",
    prompt: text("filter"),
    hint: summary,
    choices: places.map((place) => ({ place, ...lineAt(files.get(place.path) ?? "", place) })),
    words: ({ place, before, found, after }) => place.path + before + found + after,
    row: referenceRow,
    taken: ({ place }) => editor.goTo(place),
  });
}

/** A list of what the shown file defines. */
export async function openOutline(targets: CodeHelpTargets): Promise<void> {
  const { editor } = targets;
  const entries = await asked(targets, (help) => help.outline());
  if (!entries) return;
  if (entries.length === 0) return toast(text("no_symbols"));
  const path = editor.project().shown;
  choose({
    title: t("command.outline"),
    look: "palette",
    prompt: text("symbol"),
    hint: path,
    choices: entries,
    words: ({ name }) => name,
    row: outlineRow,
    taken: ({ from, to }) => editor.goTo({ path, from, to }),
  });
}

/** Asks for another name for what is at the cursor, and gives it in all files. */
export async function openRename(targets: CodeHelpTargets): Promise<void> {
  const { editor } = targets;
  const { offset } = editor;
  const place = await asked(targets, (help) => help.renamable(offset));
  if (place === undefined) return;
  const name = place && editor.getText().slice(place.from, place.to);
  if (!name) return toast(text("no_name"));
  const script = familyOf(place.path) === "script";
  const isName = script ? isScriptName : isPythonName;
  let wanted = "";
  const title = t("command.rename_symbol");
  const { body, close } = openDialog(title, "palette", () => {
    if (wanted !== "" && wanted !== name) void renameEverywhere(targets, offset, name, wanted);
  });
  const prompt = text("new_name", { name });
  const field = make("input", {
    ...{ class: "palette-field", "aria-label": prompt, "aria-describedby": "rename-hint" },
    ...{ autocomplete: "off", autocapitalize: "off", spellcheck: "false" },
  });
  field.value = name;
  const hint = make("p", { class: "palette-hint", id: "rename-hint", role: "status" }, prompt);
  const button = make("button", { type: "button", class: "button primary" }, text("rename"));
  const take = () => {
    const valid = isName(field.value.trim());
    field.setAttribute("aria-invalid", String(!valid));
    hint.textContent = valid ? prompt : text("bad_name");
    if (!valid) return;
    wanted = field.value.trim();
    close();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    take();
  });
  button.addEventListener("click", take);
  body.append(field, hint, make("div", { class: "dialog-actions" }, button));
  queueMicrotask(() => field.select());
}

export async function checkTypes(targets: CodeHelpTargets): Promise<void> {
  if (familyOf(targets.editor.project().shown) !== "python") return toast(text("only_python"));
  const done = await asked(targets, async (help) => {
    await help.checkTypes();
    return true;
  });
  if (done) toast(text("checked"));
}

/** Undefined: the user has been told why there is no answer. */
async function asked<Answer>(
  targets: CodeHelpTargets,
  ask: (help: CodeHelp) => Promise<Answer>,
): Promise<Answer | undefined> {
  const { editor, preferences } = targets;
  const say = (words: string) => {
    toast(words);
    return undefined;
  };
  if (preferences.chosen.code_help === "off") return say(text("off"));
  if (familyOf(editor.project().shown) === null) return say(text("other_language"));
  try {
    const help = await codeHelp(targets);
    if (help.state !== "ready") toast(text("loading"));
    return await ask(help);
  } catch {
    return say(text("unavailable"));
  }
}

interface Question<Choice> {
  readonly title: string;
  /** Classes of the dialog. */
  readonly look: string;
  readonly prompt: string;
  readonly hint: string;
  readonly choices: readonly Choice[];
  words(choice: Choice): string;
  row(choice: Choice): HTMLElement;
  taken(choice: Choice): void;
}

function choose<Choice>({
  title,
  look,
  prompt,
  hint,
  choices,
  words,
  row,
  taken,
}: Question<Choice>) {
  let chosen: Choice | null = null;
  const { body, close } = openDialog(title, look, () => {
    if (chosen) taken(chosen);
  });
  const list = new ChoiceList<Choice>({
    label: title,
    prompt,
    row,
    taken: (choice) => {
      chosen = choice;
      close();
    },
  });
  const search = () => list.show(matching(list.field.value, choices, words));
  list.field.addEventListener("input", search);
  body.append(list.field, make("p", { class: "palette-hint", role: "status" }, hint), list.list);
  search();
}

interface ReferenceLine {
  readonly place: CodePlace;
  readonly line: number;
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** Lines as editors have them. */
function lineAt(content: string, { from, to }: CodePlace): Omit<ReferenceLine, "place"> {
  const source = content.replace(/\r\n?/g, "\n");
  const start = source.lastIndexOf("\n", from - 1) + 1;
  const end = source.indexOf("\n", from);
  const line = source.slice(0, start).split("\n").length;
  const after = source.slice(to, end < 0 ? source.length : end);
  return {
    line,
    before: source.slice(start, from).trimStart().slice(-LONGEST_LINE),
    found: source.slice(from, to),
    after: after.slice(0, LONGEST_LINE),
  };
}

function referenceRow({ place, line, before, found, after }: ReferenceLine): HTMLElement {
  const name = make("span", { class: "match-path", title: place.path }, place.path);
  const shown = make("span", { class: "match-line", title: before + found + after });
  shown.append(before, make("mark", {}, found), after);
  const where = make("span", { class: "match-place" }, name, `:${line}`);
  return make("li", { class: "match" }, where, " ", shown);
}

function outlineRow({ name, kind, depth }: OutlineEntry): HTMLElement {
  const row = make("li", { class: "outline-entry", "data-kind": text(kindName(kind)) });
  row.style.setProperty("--depth", String(depth));
  row.append(make("span", {}, name));
  return row;
}

function kindName(kind: OutlineEntry["kind"]) {
  if (kind === "class" || kind === "function") return kind;
  return "value";
}
