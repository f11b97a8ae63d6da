import { editor, MarkerSeverity, Range } from "monaco-editor/editor.js";
import type {
  Problem,
  ProblemOwner,
  ProblemSeverity,
  TextEdit,
} from "../../common/problems/problem";
import { problemText } from "../../common/problems/problem_text";

const SEVERITIES: Readonly<Record<ProblemSeverity, MarkerSeverity>> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
};

/** What a student may look up. Kinds of advice and of syntax errors only have names. */
const CODE = /^[A-Z]+\d+$/;

interface OpenFile {
  readonly model: editor.ITextModel;
  readonly language: { readonly path: string };
}

/** Shows problems in Monaco: as underlines with a hover, and as signs beside line numbers. */
export class ProblemMarks {
  readonly #problems = new Map<ProblemOwner, readonly Problem[]>();
  readonly #signs = new WeakMap<editor.ITextModel, Map<ProblemOwner, string[]>>();

  set(owner: ProblemOwner, problems: readonly Problem[], open: Iterable<OpenFile>): void {
    this.#problems.set(owner, problems);
    for (const file of open) this.#mark(file, owner);
  }

  /** Of a file that was opened or got another name. */
  show(file: OpenFile): void {
    for (const owner of this.#problems.keys()) this.#mark(file, owner);
  }

  #mark({ model, language }: OpenFile, owner: ProblemOwner): void {
    const here = (this.#problems.get(owner) ?? []).filter(({ file }) => file === language.path);
    const found = here.map((problem) => ({ problem, range: rangeOf(model, problem) }));
    const markers = found.map(({ problem, range }) => ({
      severity: SEVERITIES[problem.severity],
      message: problemText(problem),
      ...(problem.code && CODE.test(problem.code) && { code: problem.code }),
      ...range,
    }));
    editor.setModelMarkers(model, owner, markers);
    const signs = found.map(({ problem, range }) => ({
      range: new Range(range.startLineNumber, 1, range.startLineNumber, 1),
      options: { firstLineDecorationClassName: `problem-sign problem-${problem.severity}` },
    }));
    const before = this.#signs.get(model) ?? new Map<ProblemOwner, string[]>();
    before.set(owner, model.deltaDecorations(before.get(owner) ?? [], signs));
    this.#signs.set(model, before);
  }
}

/** As one step of the undo history; the cursor stays at its text. */
export function applyEdits(code: editor.ICodeEditor, edits: readonly TextEdit[]): void {
  const model = code.getModel();
  if (!model) return;
  const changes = edits.map((edit) => ({ range: rangeOf(model, edit), text: edit.insert }));
  code.pushUndoStop();
  code.executeEdits("edit", changes);
  code.pushUndoStop();
}

function rangeOf(
  model: editor.ITextModel,
  { from, to }: { readonly from: number; readonly to: number },
): Range {
  return Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
}
