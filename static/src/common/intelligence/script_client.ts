import type { SourceFile } from "../../protocol.gen";
import type { SupervisedWorker } from "../base/supervised_worker";
import type { Completion } from "./answers";
import type { LanguageService, ProgramPlace } from "./language_service";

/** Files of JavaScript and TypeScript, and what they may import. */
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx|json)$/i;
const READING_SECONDS = 30;

export function isScriptPath(path: string): boolean {
  return SCRIPT.test(path) && !/\.json$/i.test(path);
}

/**
 * Asks our worker with the language service of TypeScript, which answers in the terms of `answers.ts`.
 * With each question it is told which files have changed.
 */
export class ScriptClient implements LanguageService {
  readonly #worker: SupervisedWorker;
  readonly #known = new Map<string, string>();
  #read = false;

  constructor(worker: SupervisedWorker) {
    this.#worker = worker;
    worker.onDidRestart(() => {
      this.#known.clear();
      this.#read = false;
    });
  }

  readonly completions: LanguageService["completions"] = (place) => this.#ask("completions", place);
  readonly hover: LanguageService["hover"] = (place) => this.#ask("hover", place);
  readonly signature: LanguageService["signature"] = (place) => this.#ask("signature", place);
  readonly definition: LanguageService["definition"] = (place) => this.#ask("definition", place);
  readonly references: LanguageService["references"] = (place) => this.#ask("references", place);
  readonly renamable: LanguageService["renamable"] = (place) => this.#ask("renamable", place);
  readonly outline: LanguageService["outline"] = (place) => this.#ask("outline", place);

  rename(place: ProgramPlace, newName: string): ReturnType<LanguageService["rename"]> {
    return this.#ask("rename", place, { newName });
  }

  async describe({ source }: Completion): Promise<string> {
    return (await this.#worker.request("describe", { source })) as string;
  }

  async #ask<Answer>(method: string, place: ProgramPlace, more: object = {}): Promise<Answer> {
    const { shown, offset } = place;
    const changes = this.#changes(place.files);
    const seconds = this.#read ? [] : [READING_SECONDS];
    const params = { shown, offset, changes, ...more };
    const answer = await this.#worker.request(method, params, ...seconds);
    this.#read = true;
    return answer as Answer;
  }

  /** The new text of each file that has changed; null: there is no such file any more. */
  #changes(files: readonly SourceFile[]): [string, string | null][] {
    const changes: [string, string | null][] = [];
    const wanted = new Map(
      files.filter(({ path }) => SCRIPT.test(path)).map(({ path, content }) => [path, content]),
    );
    for (const path of [...this.#known.keys()]) {
      if (wanted.has(path)) continue;
      this.#known.delete(path);
      changes.push([path, null]);
    }
    for (const [path, content] of wanted) {
      // As editors have it.
      const text = content.includes("\r") ? content.replace(/\r\n?/g, "\n") : content;
      if (this.#known.get(path) === text) continue;
      this.#known.set(path, text);
      changes.push([path, text]);
    }
    return changes;
  }
}
