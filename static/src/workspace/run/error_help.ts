import { explainOutput, ownPath, type RunFault } from "../../common/errors/explain_output";
import { sourceOf } from "../../common/errors/fault";
import { labelOf, loadTexts, wordsOf } from "../../common/errors/texts";
import type { Texts } from "../../common/errors/texts/keys";
import { readTraceback } from "../../common/errors/traceback";
import { MOST_LINES } from "../../common/languages/last_error";
import type { SourceFile } from "../../protocol.gen";
import type { TerminalView } from "../../terminal/terminal_view";
import type { Tint, Tints } from "../../terminal/text/tints";
import { toast } from "../chrome/widgets/toasts";
import { type CardContent, type CardUser, ErrorCard } from "./error_card";

/** A program, as it was run. */
export interface RunProgram {
  readonly files: readonly SourceFile[];
  readonly main: string;
}

/** An error in plain words. */
export interface ExplainedError extends CardContent {
  /** The last line of the traceback. */
  readonly message: string;
  /** For screen readers and hovers. */
  readonly said: string;
}

/** Explains the error that ended a run of Python, and colours its traceback. Loaded with the first error. */
export class ErrorHelp {
  readonly #terminal: TerminalView;
  readonly #texts: Texts;
  readonly #tints: Tints;
  readonly #card: ErrorCard;

  static async load(terminal: TerminalView, user: CardUser): Promise<ErrorHelp> {
    const [texts, tints] = await Promise.all([loadTexts(), terminal.tints(MOST_LINES)]);
    return new ErrorHelp(terminal, texts, tints, user);
  }

  private constructor(terminal: TerminalView, texts: Texts, tints: Tints, user: CardUser) {
    this.#terminal = terminal;
    this.#texts = texts;
    this.#tints = tints;
    const turnOff = () => {
      user.turnOff();
      toast(labelOf(texts, "card.off_done"));
    };
    this.#card = new ErrorCard(texts, { ...user, turnOff });
  }

  /** Frames of libraries are dim, and the line that names the error is red: not in the bytes. */
  colour(files: readonly SourceFile[]): void {
    this.#tints.show((lines) => tintsOf(lines, files));
  }

  /** Null: the output has no traceback of the program's own files. */
  explain({ files, main }: RunProgram): ExplainedError | null {
    const lines = this.#terminal.lastLines(MOST_LINES);
    const found = explainOutput(lines, files, main);
    return found && this.#inWords(found);
  }

  show(error: ExplainedError): void {
    this.#card.show(error);
  }

  get shown(): boolean {
    return this.#card.shown;
  }

  focus(): void {
    this.#card.focus();
  }

  clear(): void {
    this.#tints.clear();
    this.#card.hide();
  }

  hide(): void {
    this.#card.hide();
  }

  #inWords({ fault, explanation, before, source }: RunFault): ExplainedError {
    const { name, path, line, message } = fault;
    // The text may have been edited since: then what it says is not about this error.
    const same = source === "" || spaced(source) === spaced(sourceOf(fault));
    const words = explanation && same ? wordsOf(this.#texts, explanation) : null;
    const said = words ? `${words.means} ${words.look}`.replaceAll("`", "") : "";
    return {
      name,
      path,
      line,
      message: message ? `${name}: ${message}` : name,
      words,
      before,
      said,
    };
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
