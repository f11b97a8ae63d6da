import { counted } from "../../common/problems/found_problems";
import { timer } from "../../terminal/timer";
import { byId } from "../chrome/widgets/dom";
import type { CheckerDependencies } from "./checker";
import type { ProblemActions } from "./problem_actions";

/** The editor has been idle for so long: the user reads or thinks. */
const IDLE_MS = 3000;

export interface CodeChecksDependencies extends CheckerDependencies {
  /** Whether the page is used by touch: there, nothing is loaded before it is asked for. */
  touch(): boolean;
  /** What a command needs could not be loaded. */
  failed(): void;
}

/**
 * Checks, advice and formatting. All of it is loaded later: when an edited program has been left alone
 * for 3 s, or with the first command that needs it.
 */
export class CodeChecks {
  readonly #deps: CodeChecksDependencies;
  #loading: Promise<ProblemActions> | null = null;
  #idle: unknown = null;
  #started = false;
  #edited = false;

  constructor(deps: CodeChecksDependencies) {
    this.#deps = deps;
    deps.editor.onDidChange(() => this.#wait());
    deps.editor.problems.onDidChange(() => this.#count());
    deps.editor.onDidAskForFix((problem) => this.run((actions) => actions.apply(problem)));
  }

  /** The terminal can be used, and the editor is loaded. */
  start(): void {
    this.#started = true;
    if (this.#edited) this.#wait();
  }

  /** Of a command: says when it cannot be done. */
  run(act: (actions: ProblemActions) => unknown): void {
    void this.#with(act).catch(() => this.#deps.failed());
  }

  async #with<Result>(act: (actions: ProblemActions) => Result): Promise<Awaited<Result>> {
    this.#loading ??= this.#load();
    return await act(await this.#loading);
  }

  /** Before a save. Without a connection the text stays as it is. */
  async formatQuietly(): Promise<void> {
    await this.#with((actions) => actions.format("all", true)).catch(() => undefined);
  }

  async #load(): Promise<ProblemActions> {
    try {
      const { ProblemActions } = await import("./problem_actions");
      return new ProblemActions(this.#deps);
    } catch (error) {
      // Without a connection; the next command tries again.
      this.#loading = null;
      throw error;
    }
  }

  #wait(): void {
    this.#edited = true;
    if (!this.#started || this.#loading || this.#deps.touch()) return;
    const { code_checks, advice } = this.#deps.preferences.chosen;
    if (code_checks === "off" && !advice) return;
    timer.clear(this.#idle);
    this.#idle = timer.set(() => {
      void this.#with((actions) => actions.check()).catch(() => undefined);
    }, IDLE_MS);
  }

  /** How many there are, beside the state of the run. */
  #count(): void {
    const problems = this.#deps.editor.problems.all();
    const button = byId<HTMLButtonElement>("problems-count");
    button.hidden = problems.length === 0;
    button.dataset.count = String(problems.length);
    const { errors } = counted(problems);
    button.dataset.kind = errors > 0 ? "error" : "other";
    void this.#with((actions) => {
      button.textContent = actions.countWords();
      // The count names the button; its tooltip says what it does.
      button.removeAttribute("aria-label");
    }).catch(() => undefined);
  }
}
