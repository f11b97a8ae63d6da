import { Emitter } from "../../common/base/emitter";
import { isPython, languageOfFile } from "../../common/languages/file_language";
import { asEdited, ownModules } from "../../common/problems/found_problems";
import type { Problem } from "../../common/problems/problem";
import { type RuffLevel, type RuffTarget, SYNTAX } from "../../common/problems/ruff_rules";
import { ruffFix, ruffMessage } from "../../common/problems/ruff_words";
import type { RuffFinding } from "../../editor/checks/ruff";
import type { EditorHost } from "../../editor/editor_host";
import type { LanguageOption, SourceFile } from "../../protocol.gen";
import { timer } from "../../terminal/timer";
import type { PreferencesStore } from "../chrome/preferences_store";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import { RuffClient } from "./checks_client";
import { text } from "./problem_texts";

export interface CheckerDependencies {
  readonly editor: EditorHost;
  readonly session: SnippetSession;
  readonly preferences: PreferencesStore;
  readonly languages: readonly LanguageOption[];
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
  #known = new Map<string, Checked>();
  #due: unknown = null;
  #round = 0;

  constructor(deps: CheckerDependencies) {
    this.#deps = deps;
    this.ruff = new RuffClient(() => toast(text("ruff_off"), "problem"));
    deps.editor.onDidChange(() => this.#soon());
    deps.session.onDidChange(() => this.#soon());
    let level = deps.preferences.chosen.code_checks;
    deps.preferences.onDidChange(() => {
      if (level === deps.preferences.chosen.code_checks) return;
      level = deps.preferences.chosen.code_checks;
      this.#soon();
    });
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
    const files = level === "off" ? [] : this.#pythonFiles();
    const known = new Map<string, Checked>();
    for (const file of files) {
      const checked = await this.#checked(file, level as RuffLevel);
      if (round !== this.#round) return;
      if (checked) known.set(file.path, checked);
    }
    this.#known = known;
    const found = [...known].flatMap(([path, { findings }]) => problemsOf(path, findings, level));
    this.#deps.editor.setProblems("ruff", found);
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

/** Beginners are told of one syntax error: those behind it often come from the first one. */
function problemsOf(file: string, findings: readonly RuffFinding[], level: string): Problem[] {
  const first = findings.find(({ code }) => code === SYNTAX);
  const shown = first && level === "errors" ? [first] : findings;
  return shown.map(({ from, to, severity, code, message, fix }) => ({
    file,
    from,
    to,
    severity,
    code,
    message: ruffMessage(code, message),
    fix: fix && { title: ruffFix(code, fix.message), edits: fix.edits },
  }));
}
