import { history, undo } from "@codemirror/commands";
import { forEachDiagnostic } from "@codemirror/lint";
import { EditorState, type TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { expect, it } from "vitest";
import type { Problem } from "../../common/problems/problem";
import { applyEdits, problemMarks, showProblems } from "./problems";

/** As much of a view as is needed without a document. */
class Unseen {
  state: EditorState;

  constructor(doc: string) {
    this.state = EditorState.create({ doc, extensions: [history(), problemMarks()] });
  }

  readonly dispatch = (spec: TransactionSpec) => {
    this.state = this.state.update(spec).state;
  };

  get view(): EditorView {
    return this as unknown as EditorView;
  }

  get marked(): string[] {
    const found: string[] = [];
    forEachDiagnostic(this.state, ({ message }, from, to) => {
      found.push(`${message} at "${this.state.sliceDoc(from, to)}"`);
    });
    return found.sort();
  }
}

const problem = (message: string, from: number, to: number): Problem => ({
  file: "main.py",
  from,
  to,
  severity: "warning",
  code: null,
  message,
});
const noFix = () => undefined;

it("keeps the problems of other owners at the text that they are about", () => {
  const editor = new Unseen("import os\nx = 1\n");
  showProblems(editor.view, "ruff", [problem("unused", 7, 9)], noFix);
  editor.dispatch({ changes: { from: 0, insert: "# new\n" } });
  showProblems(editor.view, "advice", [problem("hm", 16, 17)], noFix);
  expect(editor.marked).toEqual(['hm at "x"', 'unused at "os"']);
  showProblems(editor.view, "ruff", [], noFix);
  expect(editor.marked).toEqual(['hm at "x"']);
});

it("shows problems behind the end of a text that has become shorter at its end", () => {
  const editor = new Unseen("x = 1\n");
  showProblems(editor.view, "ruff", [problem("late", 400, 900)], noFix);
  expect(editor.marked).toEqual(['late at ""']);
});

it("edits in one step, and keeps the cursor at its text", () => {
  const editor = new Unseen("a=1\nb=2\n");
  editor.dispatch({ selection: { anchor: 6 } });
  applyEdits(editor.view, [
    { from: 1, to: 2, insert: " = " },
    { from: 5, to: 6, insert: " = " },
  ]);
  expect(editor.state.doc.toString()).toBe("a = 1\nb = 2\n");
  const { head } = editor.state.selection.main;
  expect(editor.state.sliceDoc(head)).toBe("2\n");
  undo(editor.view);
  expect(editor.state.doc.toString()).toBe("a=1\nb=2\n");
});
