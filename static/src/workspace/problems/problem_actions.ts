import { isPython, languageOfFile } from "../../common/languages/file_language";
import { asEdited, counted, fixableAt } from "../../common/problems/found_problems";
import type { Problem } from "../../common/problems/problem";
import { besideOffset } from "../../common/problems/problem_store";
import type { FormatRequest, RuffFinding } from "../../editor/checks/ruff";
import { ADVICE_KINDS, type AdviceKind } from "../../protocol.gen";
import { byId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { Checker, type CheckerDependencies, problemOf } from "./checker";
import { FormatterClient } from "./formatter_client";
import { text } from "./problem_texts";
import { openProblems } from "./problems_dialog";

/** What the commands about problems and formatting do. */
export class ProblemActions {
  readonly #deps: CheckerDependencies;
  readonly #checker: Checker;
  readonly #formatters: FormatterClient;

  constructor(deps: CheckerDependencies) {
    this.#deps = deps;
    this.#checker = new Checker(deps);
    this.#formatters = new FormatterClient(() => toast(text("formatter_off"), "problem"));
  }

  check(): Promise<void> {
    return this.#checker.check();
  }

  /** Such as "2 errors, 1 hint"; empty without any. */
  countWords(): string {
    const { errors, others } = counted(this.#deps.editor.problems.all());
    const words: string[] = [];
    if (errors > 0)
      words.push(text(errors === 1 ? "count_error" : "count_errors", { count: errors }));
    if (others > 0)
      words.push(text(others === 1 ? "count_other" : "count_others", { count: others }));
    return words.join(", ");
  }

  list(): void {
    openProblems(this.#deps, this.#checker, (problem) => this.show(problem));
  }

  /** Opens the file of a problem at its place. */
  show(problem: Problem): void {
    const { session, editor, showCode } = this.#deps;
    showCode();
    session.show(problem.file);
    editor.showProblem(problem);
    this.#say(problem.message);
  }

  /** Goes to the next problem of the shown file, or the one before. */
  async step(step: 1 | -1): Promise<void> {
    await this.check();
    const { session, editor } = this.#deps;
    const [from] = editor.selection;
    const all = editor.problems.all();
    const found = besideOffset(all, session.files.shown.path, from, step) ?? all[0];
    if (found) this.show(found);
    else toast(text("none"));
  }

  /** Applies the fix of the problem that is nearest to the cursor in its line. */
  async fix(): Promise<void> {
    await this.check();
    const { editor } = this.#deps;
    const [nearest] = fixableAt(editor.problems.all(), this.#shown, editor.selection[1]);
    if (nearest) this.#apply(nearest);
    else toast(text("no_fix"));
  }

  /** A fix that was offered: its problem is looked for again, because the text may have changed. */
  async apply(wanted: Problem): Promise<void> {
    await this.check();
    const same = ({ code, message, from }: Problem) =>
      code === wanted.code && message === wanted.message && Math.abs(from - wanted.from) < 200;
    const found = this.#deps.editor.problems
      .all()
      .filter(({ file, fix }) => fix && file === wanted.file)
      .find(same);
    if (found) this.#apply(found);
    else toast(text("no_fix"));
  }

  #apply({ fix, code }: Problem): void {
    if (!fix) return;
    const kind = ADVICE_KINDS.find((one) => one === code);
    // Advice that has no edits offers to leave its kind out.
    if (fix.edits.length === 0) {
      if (kind) this.#dismiss(kind);
      return;
    }
    this.#deps.editor.edit(fix.edits);
    this.#say(text("fixed", { title: fix.title }));
    void this.check();
  }

  #dismiss(kind: AdviceKind): void {
    const { preferences } = this.#deps;
    const off = new Set([...preferences.chosen.advice_off, kind]);
    preferences.set({ advice_off: [...off] });
    toast(text("dismissed"));
  }

  // --- Formatting ------------------------------------------------------------------------------
  /** `quiet`: says only what went wrong. */
  async format(what: FormatRequest["what"], quiet = false): Promise<void> {
    const { editor } = this.#deps;
    const { path, content } = this.#shown;
    const language = this.#languageOf(path);
    const python = language !== null && isPython(language);
    if (what === "imports" && !python) return this.#refuse(quiet, text("no_imports"));
    if (!language) return this.#refuse(quiet, text("no_formatter_of_file", { path }));
    if (!python && !language.formatter) {
      return this.#refuse(quiet, text("no_formatter", { language: language.name }));
    }
    const target = this.#checker.target;
    const result = python
      ? await this.#checker.ruff.format({ text: content, what, target })
      : await this.#formatters.format(language.formatter, { text: content, path, target });
    // Another edit, or another file, is what the user wants now.
    if (this.#shown.path !== path || editor.getText() !== content) return;
    if (!result) toast(text("not_formatted"), "problem");
    else if ("edits" in result) this.#edit(result.edits, quiet);
    else await this.#explain(path, content, result.syntax);
  }

  #edit(edits: readonly { from: number; to: number; insert: string }[], quiet: boolean): void {
    if (edits.length > 0) {
      this.#deps.editor.edit(edits);
      this.#say(text("formatted"));
    } else if (!quiet) {
      toast(text("formatted_already"));
    }
  }

  /** Half-typed code: shows where it cannot be read. */
  async #explain(path: string, content: string, finding: RuffFinding): Promise<void> {
    const problem = await problemOf(path, content, finding);
    if (this.#shown.path !== path) return;
    this.#deps.editor.showProblem(problem);
    toast(text("cannot_format", { message: problem.message }), "problem");
  }

  #refuse(quiet: boolean, words: string): void {
    if (!quiet) toast(words);
  }

  get #shown(): { readonly path: string; readonly content: string } {
    const { session, editor } = this.#deps;
    return { path: session.files.shown.path, content: asEdited(editor.getText()) };
  }

  #languageOf(path: string) {
    const { languages, session } = this.#deps;
    return languageOfFile(path, languages, session.language);
  }

  #say(words: string): void {
    byId("announcer").textContent = words;
  }
}
