import { Emitter } from "../../common/base/emitter";
import { t } from "../../common/i18n/translate";
import { lastError, MOST_LINES, type RunError } from "../../common/languages/last_error";
import { properPath } from "../../common/languages/misnamed";
import { PlaceFinder } from "../../common/languages/places";
import { offsetOf } from "../../common/languages/text_offset";
import type { RunState } from "../../common/run/run_state";
import type { EditorHost } from "../../editor/editor_host";
import type { LanguageOption } from "../../protocol.gen";
import type { TerminalView } from "../../terminal/terminal_view";
import { byId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { SnippetSession } from "../snippets/snippet_session";
import type { ErrorHelp } from "./error_help";

export interface RunErrorsDependencies {
  readonly session: SnippetSession;
  readonly terminal: TerminalView;
  readonly editor: EditorHost;
  readonly languages: readonly LanguageOption[];
  /** Whether the user wants errors explained. */
  explains(): boolean;
  stopExplaining(): void;
}

type Place = Pick<RunError, "path" | "line" | "column">;

/**
 * Leads from the output of a run to its program: places that the output names are links, and the line
 * of the error that ended the run is marked until its file is edited or the program is run again.
 */
export class RunErrors {
  readonly #willShow = new Emitter();
  /** A place is about to be shown in the editor. */
  readonly onWillShow = this.#willShow.event;
  readonly #deps: RunErrorsDependencies;
  readonly #button = byId<HTMLButtonElement>("go-to-error");
  readonly #announcer = byId("error-announcer");
  #error: RunError | null = null;
  /** Which snippet's program is shown in the terminal: its generation; null: the one that is open. */
  #generation: number | null = null;
  /** The text that runs is that of the editor. After a reload nobody knows. */
  #fresh = false;
  #ended: string | null = null;
  #help: ErrorHelp | null = null;

  constructor(deps: RunErrorsDependencies) {
    this.#deps = deps;
    deps.terminal.linkPlaces({
      finder: () => this.#finder(),
      chosen: (place) => this.#open(place),
    });
    deps.editor.onDidClearError(() => {
      this.#set(null);
      this.#announcer.textContent = "";
    });
    // What the terminal shows is of another program then.
    deps.session.onDidChange(() => {
      if (this.#generation !== null && this.#generation !== deps.session.files.generation) {
        this.#forget();
      }
    });
  }

  get error(): RunError | null {
    return this.#error;
  }

  show(): void {
    if (this.#error) this.#open(this.#error);
  }

  /** Whether the last error has an explanation. */
  get explained(): boolean {
    return this.#help?.explained ?? false;
  }

  /** Goes to the explanation, also after it was closed. */
  explain(): void {
    this.#help?.reopen();
  }

  follow(state: RunState): void {
    if (state.phase === "idle") this.#forget();
    if (state.phase === "starting" || state.phase === "restoring") {
      this.#set(null);
      this.#forget();
      this.#ended = null;
      this.#fresh = state.phase === "starting";
      this.#generation = this.#fresh ? this.#deps.session.files.generation : null;
    }
    const { run, exit } = state;
    if (state.phase !== "finished" || exit === null || run === this.#ended) return;
    this.#ended = run;
    const compiled = exit.outcome === "compile_error";
    if (!compiled && exit.outcome !== "failed") return;
    this.#deps.terminal.screen.whenParsed(() => {
      if (this.#ended === run) this.#find(compiled);
    });
  }

  #find(compiled: boolean): void {
    const [finder, language] = [this.#finder(), this.#language()];
    if (!finder || !language) return;
    const lines = this.#deps.terminal.lastLines(MOST_LINES);
    const error = lastError(lines, finder, language.deepest_last, compiled);
    this.#set(error);
    if (error && compiled) this.#offerName(error, language);
    if (error) void this.#findHelp(error, language.monaco === "python");
  }

  #offerName(error: RunError, language: LanguageOption): void {
    const { session } = this.#deps;
    const { path } = error;
    const name = properPath(error, language, session.files.paths);
    if (name === null) return;
    toast(t("error.misnamed", { path, name }), "news", {
      label: t("error.rename", { name }),
      run: () => session.renameFile(path, name),
    });
  }

  /** The explanation comes a moment later: both are announced at once. */
  async #findHelp(error: RunError, python: boolean): Promise<void> {
    const [run, { session, terminal }] = [this.#ended, this.#deps];
    try {
      const { ErrorHelp } = await import("./error_help");
      this.#help ??= await ErrorHelp.load(terminal, this.#deps, (place) => this.#open(place));
    } catch {
      // Without it the error is marked and announced all the same.
    }
    if (run !== this.#ended || this.#generation !== session.files.generation) return;
    const { files, main } = session.content();
    const found = python
      ? this.#help?.showPython({ files, main })
      : this.#fresh && this.#help?.showCompiler(error);
    // It was edited meanwhile: then there is nothing to mark.
    if (found && this.#error) this.#set(found, found.said);
    this.#announce(found || error, found ? found.said : "");
  }

  /** The explanation is of a run that is not shown any more. */
  #forget(): void {
    this.#help?.clear();
    this.#announcer.textContent = "";
  }

  #set(error: RunError | null, more = ""): void {
    if (error === null && this.#error === null) return;
    this.#error = error;
    this.#button.hidden = error === null;
    const mark = error && {
      ...error,
      message: error.message || t("error.at_line", words(error)),
      more,
    };
    this.#deps.editor.markError(this.#fresh ? mark : null);
  }

  #announce(error: RunError, more: string): void {
    const { message } = error;
    const said = message
      ? t("error.at", { ...words(error), message })
      : t("error.at_line", words(error));
    this.#announcer.textContent = more ? `${said}. ${more}` : said;
  }

  #open({ path, line, column }: Place): void {
    const { session, editor } = this.#deps;
    if (!session.files.find(path)) return;
    session.show(path);
    this.#willShow.fire();
    const at = offsetOf(editor.getText(), line, column ?? 1);
    editor.select(at, at);
  }

  #language(): LanguageOption | undefined {
    return this.#deps.languages.find(({ id }) => id === this.#deps.session.language);
  }

  /** Of the program in the terminal; null: its snippet is no longer open. */
  #finder(): PlaceFinder | null {
    const { generation, main, paths } = this.#deps.session.files;
    this.#generation ??= generation;
    if (this.#generation !== generation) return null;
    const finder = new PlaceFinder(this.#language()?.problems ?? [], paths, main);
    if (finder.rejected.length > 0) console.error("No patterns:", finder.rejected);
    return finder;
  }
}

function words({ path, line }: RunError): { path: string; line: number } {
  return { path, line };
}
