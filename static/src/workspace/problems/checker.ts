import { Emitter } from "../../common/base/emitter";
import { syntaxWords } from "../../common/errors/explain";
import { isPython, languageOfFile } from "../../common/languages/file_language";
import { asEdited, ownModules, wordsOfLine } from "../../common/problems/found_problems";
import type { Problem } from "../../common/problems/problem";
import { type RuffLevel, type RuffTarget, SYNTAX } from "../../common/problems/ruff_rules";
import { ruffFix, ruffMessage } from "../../common/problems/ruff_words";
import type { RuffFinding } from "../../editor/checks/ruff";
import type { EditorHost } from "../../editor/editor_host";
import type { SourceFile } from "../../protocol.gen";
import { timer } from "../../terminal/timer";
import { toast } from "../chrome/widgets/toasts";
import { Adviser, type AdviserDependencies } from "./adviser";
import { RuffClient } from "./checks_client";
import { text } from "./problem_texts";

export interface CheckerDependencies extends AdviserDependencies {
  readonly editor: EditorHost;
  /** Phones show one area of the page at a time. */
  showCode(): void;
}

/** After the last key, so that nothing is said of what is still being typed. */
const CHECK_AFTER_MS = 500;

interface Checked {
  readonly text: string;
  readonly options: string;
  readonly findings: readonly RuffFinding[];
}

/** Lets ruff check the Python files of the open snippet when they have changed. */
export class Checker {
  readonly #didCheck = new Emitter();
  /** All files are checked as they are now. */
  readonly onDidCheck = this.#didCheck.event;
  readonly ruff: RuffClient;
  readonly #deps: CheckerDependencies;
  readonly #adviser: Adviser;
  #known = new Map<string, Checked>();
  #due: unknown = null;
  #round = 0;

  constructor(deps: CheckerDependencies) {
    this.#deps = deps;
    this.#adviser = new Adviser(deps);
    this.ruff = new RuffClient(() => toast(text("ruff_off"), "problem"));
    deps.editor.onDidChange(() => this.#soon());
    deps.session.onDidChange(() => this.#soon());
    let before = this.#wishes();
    deps.preferences.onDidChange(() => {
      if (before === this.#wishes()) return;
      before = this.#wishes();
      this.#soon();
    });
  }

  #wishes(): string {
    const { code_checks, advice, advice_off } = this.#deps.preferences.chosen;
    return JSON.stringify([code_checks, advice, advice_off]);
  }

  #soon(): void {
    // What was found before this edit is out of date.
    this.#round += 1;
    timer.clear(this.#due);
    this.#due = timer.set(() => void this.check(), CHECK_AFTER_MS);
  }

  /** Of the Python that runs the program. */
  get target(): RuffTarget {
    const { session, preferences, languages } = this.#deps;
    const language = languages.find(({ id }) => id === session.language);
    const version = language && isPython(language) ? language.version : "";
    return { version, own: ownModules(session.files.paths), tabSize: preferences.editor.tabSize };
  }

  /** Checks what has changed, and shows what was found unless the text has changed meanwhile. */
  async check(): Promise<void> {
    timer.clear(this.#due);
    this.#round += 1;
    const round = this.#round;
    const level = this.#deps.preferences.chosen.code_checks;
    const python = this.#pythonFiles();
    const files = level === "off" ? [] : python;
    const advising = this.#adviser.advise(python);
    const known = new Map<string, Checked>();
    for (const file of files) {
      const checked = await this.#checked(file, level as RuffLevel);
      if (round !== this.#round) return;
      if (checked) known.set(file.path, checked);
    }
    this.#known = known;
    const found = await Promise.all([...known].map(([path, checked]) => problemsOf(path, checked)));
    if (round !== this.#round) return;
    this.#deps.editor.setProblems("ruff", found.flat());
    const advice = await advising;
    if (round !== this.#round) return;
    this.#deps.editor.setProblems("advice", advice);
    this.#didCheck.fire();
  }

  async #checked({ path, content }: SourceFile, level: RuffLevel): Promise<Checked | null> {
    const target = this.target;
    const request = { text: asEdited(content), level, target };
    const options = JSON.stringify([level, target]);
    const before = this.#known.get(path);
    if (before?.text === request.text && before.options === options) return before;
    const findings = await this.ruff.check(request);
    return findings && { text: request.text, options, findings };
  }

  #pythonFiles(): readonly SourceFile[] {
    const { session, languages } = this.#deps;
    return session.content().files.filter(({ path }) => {
      const language = languageOfFile(path, languages, session.language);
      return language !== null && isPython(language);
    });
  }
}

/** Of several syntax errors the first: those behind it often come from it. */
async function problemsOf(path: string, checked: Checked): Promise<Problem[]> {
  const first = checked.findings.findIndex(({ code }) => code === SYNTAX);
  const shown = checked.findings.filter(({ code }, at) => code !== SYNTAX || at === first);
  return await Promise.all(shown.map((finding) => problemOf(path, checked.text, finding)));
}

/** With its sentences in the page's language. */
export async function problemOf(
  file: string,
  content: string,
  { from, to, severity, code, message, fix }: RuffFinding,
): Promise<Problem> {
  const found = { file, from, to, severity, code };
  if (code !== SYNTAX) {
    const proposal = fix && { title: ruffFix(code, fix.message), edits: fix.edits };
    return { ...found, message: ruffMessage(code, message), fix: proposal };
  }
  const before = content.slice(0, from).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  const error = { message, path: file, text: content, line: before.length, column };
  const { means, look, line } = await syntaxWords(error);
  // A bracket is missed at the end of the file, and to be closed where it was opened.
  const place = line === undefined ? found : { ...found, ...wordsOfLine(content, line) };
  return { ...place, message: plain(means), more: plain(look) };
}

/** Marks of editors show no code in another font. */
function plain(words: string): string {
  return words.replaceAll("`", "");
}
