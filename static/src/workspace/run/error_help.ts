import { explainCompiler } from "../../common/errors/compilers/by_compiler";
import { explainOutput, ownPath, type RunFault } from "../../common/errors/explain_output";
import { sourceOf } from "../../common/errors/fault";
import { labelOf, loadTexts, wordsOf } from "../../common/errors/texts";
import type { Texts } from "../../common/errors/texts/keys";
import { readTraceback } from "../../common/errors/traceback";
import { MOST_LINES, type RunError } from "../../common/languages/last_error";
import type { SourceFile } from "../../protocol.gen";
import type { TerminalView } from "../../terminal/terminal_view";
import type { Tint, Tints } from "../../terminal/text/tints";
import { toast } from "../chrome/widgets/toasts";
import { type CardContent, ErrorCard } from "./error_card";

/** A program, as it was run. */
export interface RunProgram {
  readonly files: readonly SourceFile[];
  readonly main: string;
}

/** What the user has chosen. */
export interface HelpChoice {
  explains(): boolean;
  stopExplaining(): void;
}

/** An error, and what it means in plain words: empty without an explanation. */
export type SaidError = RunError & { readonly said: string };

type Place = Pick<RunError, "path" | "line" | "column">;

/** Explains the error that ended a run of Python, and colours its traceback. Loaded with the first error. */
export class ErrorHelp {
  readonly #terminal: TerminalView;
  readonly #choice: HelpChoice;
  readonly #texts: Texts;
  readonly #tints: Tints;
  readonly #card: ErrorCard;
  #content: CardContent | null = null;

  static async load(
    terminal: TerminalView,
    choice: HelpChoice,
    open: (place: Place) => void,
  ): Promise<ErrorHelp> {
    const [texts, tints] = await Promise.all([loadTexts(), terminal.tints(MOST_LINES)]);
    return new ErrorHelp(terminal, choice, texts, tints, open);
  }

  private constructor(
    terminal: TerminalView,
    choice: HelpChoice,
    texts: Texts,
    tints: Tints,
    open: (place: Place) => void,
  ) {
    this.#terminal = terminal;
    this.#choice = choice;
    this.#texts = texts;
    this.#tints = tints;
    this.#card = new ErrorCard(texts, {
      go: (path, line) => open({ path, line, column: null }),
      left: () => terminal.focus(),
      turnOff: () => {
        choice.stopExplaining();
        toast(labelOf(texts, "card.off_done"));
      },
    });
  }

  /**
   * Colours the traceback, and explains the error if the user wants it. Null: the output has no
   * traceback of the program's own files.
   */
  showPython({ files, main }: RunProgram): SaidError | null {
    this.#tints.show((lines) => tintsOf(lines, files));
    const found = explainOutput(this.#terminal.lastLines(MOST_LINES), files, main);
    this.#content = found && this.#inWords(found);
    if (!found || !this.#content) return null;
    const { name, message, path, line } = found.fault;
    const said = this.#say(this.#content);
    return { path, line, column: null, message: message ? `${name}: ${message}` : name, said };
  }

  /** The same of an error in another language; null: it is none of the common ones. */
  showCompiler(error: RunError): SaidError | null {
    const explanation = explainCompiler(error.message);
    if (!explanation) return null;
    const { path, line } = error;
    const name = labelOf(this.#texts, "code.title");
    const words = wordsOf(this.#texts, explanation);
    this.#content = { name, path, line, words, before: null };
    return { ...error, said: this.#say(this.#content) };
  }

  /** Shows the card if the user wants it; what a screen reader says of it. */
  #say(content: CardContent): string {
    if (!this.#choice.explains()) return "";
    this.#card.show(content);
    const { words } = content;
    return words ? `${words.means} ${words.look}`.replaceAll("`", "") : "";
  }

  get explained(): boolean {
    return this.#content !== null;
  }

  /** Shows the explanation, and gives it the focus. */
  reopen(): void {
    if (!this.#content) return;
    this.#card.show(this.#content);
    this.#card.focus();
  }

  clear(): void {
    this.#content = null;
    this.#tints.clear();
    this.#card.hide();
  }

  #inWords({ fault, explanation, before, source }: RunFault): CardContent {
    const { name, path, line } = fault;
    // The text may have been edited since: then what it says is not about this error.
    const same = source === "" || spaced(source) === spaced(sourceOf(fault));
    const words = explanation && same ? wordsOf(this.#texts, explanation) : null;
    return { name, path, line, words, before };
  }
}

/** A terminal shows a tab as spaces. */
function spaced(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}

function tintsOf(lines: readonly string[], files: readonly SourceFile[]): Map<number, Tint> {
  const tints = new Map<number, Tint>();
  const traceback = readTraceback(lines);
  if (!traceback) return tints;
  for (const frame of traceback.frames) {
    if (ownPath(frame, files) !== null) continue;
    for (let row = frame.rows[0]; row < frame.rows[1]; row += 1) tints.set(row, "dim");
  }
  tints.set(traceback.rows[0], "bad");
  return tints;
}
