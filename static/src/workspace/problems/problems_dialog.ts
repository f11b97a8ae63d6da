import "../../styles/problems.css";
import { matching } from "../../common/base/fuzzy_match";
import { t } from "../../common/i18n/translate";
import { asEdited } from "../../common/problems/found_problems";
import type { Problem } from "../../common/problems/problem";
import { keyWords } from "../chrome/commands";
import { ChoiceList } from "../chrome/widgets/choice_list";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import type { Checker, CheckerDependencies } from "./checker";
import { text } from "./problem_texts";

/** Lists the problems of all files of the snippet, and shows the one that is chosen. */
export function openProblems(
  deps: CheckerDependencies,
  checker: Checker,
  show: (problem: Problem) => void,
): void {
  const { editor, session, preferences } = deps;
  let chosen: Problem | null = null;
  const { body, close } = openDialog(t("command.problems"), "palette problems-dialog", () => {
    stop();
    if (chosen) show(chosen);
  });
  const lines = new Map(session.content().files.map(({ path, content }) => [path, content]));
  const choices = new ChoiceList<Problem>({
    label: t("command.problems"),
    prompt: text("filter"),
    row: (problem) => row(problem, lines.get(problem.file) ?? ""),
    taken: (problem) => {
      chosen = problem;
      close();
    },
  });
  const { field, list } = choices;
  const status = make("p", { class: "palette-hint", role: "status" });
  body.append(field, status, list);
  let checked = false;
  let listed = "";
  const search = () => {
    const all = editor.problems.all();
    const found = matching(field.value, all, ({ message, file }) => `${message} ${file}`);
    // Another check that finds the same leaves the choice where it is.
    const wanted = JSON.stringify(found);
    if (wanted !== listed) choices.show(found);
    listed = wanted;
    if (all.length > 0) status.textContent = found.length > 0 ? hint() : text("no_match");
    else if (preferences.chosen.code_checks === "off") status.textContent = text("off");
    else status.textContent = text(checked ? "none" : "checking");
  };
  const ends = [editor.problems.onDidChange(search)];
  const stop = () => ends.forEach((end) => void end());
  field.addEventListener("input", search);
  search();
  void checker.check().then(() => {
    checked = true;
    search();
  });
}

function hint(): string {
  return text("hint", { keys: keyWords("Mod+.") ?? "" });
}

function row(problem: Problem, content: string): HTMLElement {
  const { severity, message, file, from, code } = problem;
  const line = asEdited(content).slice(0, from).split("\n").length;
  const sign = make("span", { class: `problem-mark problem-${severity}`, "aria-hidden": "true" });
  const words = make("span", { class: "problem-words" });
  words.append(make("span", { class: "visually-hidden" }, `${text(severity)}: `), message);
  const place = make("span", { class: "problem-place" }, text("place", { path: file, line }));
  const made = make("li", { class: "problem" }, sign, words, " ", place);
  if (code) made.dataset.code = code;
  return made;
}
