import { isolateHistory } from "@codemirror/commands";
import { type Diagnostic, forEachDiagnostic, linter, setDiagnostics } from "@codemirror/lint";
import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView,
  GutterMarker,
  gutterLineClass,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";
import type {
  Problem,
  ProblemOwner,
  ProblemSeverity,
  TextEdit,
} from "../../common/problems/problem";
import { problemText } from "../../common/problems/problem_text";

interface Found extends Diagnostic {
  readonly owner: ProblemOwner;
}

class Sign extends GutterMarker {
  override elementClass: string;

  constructor(severity: ProblemSeverity) {
    super();
    this.elementClass = `problem-sign problem-${severity}`;
  }
}

const SIGNS: Readonly<Record<string, Sign>> = {
  error: new Sign("error"),
  warning: new Sign("warning"),
  info: new Sign("info"),
};

const setSigns = StateEffect.define<RangeSet<GutterMarker>>();

const signs = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(shown, { changes, effects }) {
    const asked = effects.find((effect) => effect.is(setSigns));
    return asked ? (asked.value as RangeSet<GutterMarker>) : shown.map(changes);
  },
  provide: (field) => gutterLineClass.from(field),
});

const setMessage = StateEffect.define<Tooltip>();

/** What is said of the problem that a key has led to, until the cursor moves. */
const message = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { docChanged, effects, selection }) {
    const asked = effects.find((effect) => effect.is(setMessage));
    if (asked) return asked.value as Tooltip;
    return docChanged || selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

const LOOK = EditorView.theme({
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad) 1px" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warn) 1px" },
  ".cm-lintRange-info": { textDecoration: "underline dotted var(--dim) 2px" },
  ".cm-diagnostic": { maxWidth: "min(60ch, 90vw)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--dim)" },
  ".cm-diagnosticAction": {
    display: "block",
    minHeight: "32px",
    margin: "4px 0 2px",
    padding: "2px 10px",
    border: "1px solid currentColor",
    backgroundColor: "transparent",
    color: "inherit",
  },
});

/** Shows problems in CodeMirror, as monaco/problem_marks.ts does. */
export function problemMarks(): Extension {
  return [linter(null), signs, message, LOOK];
}

/** Replaces the problems of one owner in the shown file; those of others stay where they are now. */
export function showProblems(
  view: EditorView,
  owner: ProblemOwner,
  problems: readonly Problem[],
  askedForFix: (problem: Problem) => void,
): void {
  const { state } = view;
  const kept: Found[] = [];
  forEachDiagnostic(state, (found, from, to) => {
    if ((found as Found).owner !== owner) kept.push({ ...(found as Found), from, to });
  });
  const { length } = state.doc;
  const added = problems.map((problem): Found => {
    const { fix } = problem;
    const actions = fix && [{ name: fix.title, apply: () => askedForFix(problem) }];
    return { ...diagnostic(problem, length), owner, ...(actions && { actions }) };
  });
  const all = [...kept, ...added];
  const lines = all.map(({ from, severity }) =>
    (SIGNS[severity] as Sign).range(state.doc.lineAt(Math.min(from, length)).from),
  );
  const { effects } = setDiagnostics(state, all);
  const marked = setSigns.of(RangeSet.of(lines, true));
  view.dispatch({ effects: [...([effects ?? []].flat() as StateEffect<unknown>[]), marked] });
}

function diagnostic(problem: Problem, length: number): Diagnostic {
  const from = Math.min(problem.from, length);
  const to = Math.max(from, Math.min(problem.to, length));
  // A button says what a fix would do.
  const message = problemText({ ...problem, fix: null });
  return { from, to, severity: problem.severity, message };
}

/** As one step of the undo history; the cursor stays at its text. */
export function applyEdits(view: EditorView, edits: readonly TextEdit[]): void {
  view.dispatch({
    changes: edits.map(({ from, to, insert }) => ({ from, to, insert })),
    annotations: isolateHistory.of("full"),
    userEvent: "format",
  });
}

export function showProblem(view: EditorView, problem: Problem): void {
  const { length } = view.state.doc;
  const [from, to] = [Math.min(problem.from, length), Math.min(problem.to, length)];
  const create = () => {
    const dom = document.createElement("div");
    dom.className = `cm-diagnostic cm-diagnostic-${problem.severity}`;
    dom.textContent = problemText(problem);
    return { dom };
  };
  const said = setMessage.of({ pos: from, above: true, create });
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: [EditorView.scrollIntoView(from, { y: "center" }), said],
  });
}
