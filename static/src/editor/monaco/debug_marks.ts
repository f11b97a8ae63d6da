import { editor, type IDisposable, languages, Range } from "monaco-editor/editor.js";
import type { LineOf } from "../../common/debug/breakpoints";
import { expressionAt } from "../../common/debug/expression_at";
import type { BreakpointMark, EditorInit } from "../editor";
import { asMarkdown } from "./error_marks";

const STAYS = editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges;

/** Breakpoints, and the line where a program stands, in Monaco. */
export class DebugMarks {
  readonly #code: editor.IStandaloneCodeEditor;
  readonly #init: EditorInit;
  readonly #shown: editor.IEditorDecorationsCollection;
  readonly #line: editor.IEditorDecorationsCollection;
  readonly #hint: editor.IEditorDecorationsCollection;
  #marks: readonly BreakpointMark[] = [];
  #on = false;
  #hover: IDisposable | null = null;

  constructor(code: editor.IStandaloneCodeEditor, init: EditorInit) {
    this.#code = code;
    this.#init = init;
    this.#shown = code.createDecorationsCollection();
    this.#line = code.createDecorationsCollection();
    this.#hint = code.createDecorationsCollection();
    code.onMouseDown(({ target, event }) => {
      if (!this.#on || !isMargin(target) || !event.leftButton) return;
      init.askedForBreakpoint(target.position.lineNumber);
    });
    code.onMouseMove(({ target }) => {
      if (this.#on && isMargin(target)) {
        this.#hint.set([sign(target.position.lineNumber, "breakpoint-hint", "")]);
      } else this.#hint.clear();
    });
    code.onMouseLeave(() => this.#hint.clear());
  }

  showBreakpoints(marks: readonly BreakpointMark[] | null): void {
    if (this.#on !== (marks !== null)) {
      this.#on = marks !== null;
      this.#code.updateOptions({ glyphMargin: this.#on });
    }
    this.#marks = marks ?? [];
    this.#shown.set(
      this.#marks.map(({ line, kind, label }) =>
        sign(line, `breakpoint breakpoint-${kind}`, label),
      ),
    );
  }

  get lines(): readonly LineOf[] {
    return this.#shown.getRanges().flatMap((range, index) => {
      const mark = this.#marks[index];
      return mark ? [{ id: mark.id, line: range.startLineNumber }] : [];
    });
  }

  showExecution(line: number | null): void {
    if (line === null) this.#line.clear();
    else {
      const at = Math.min(line, this.#code.getModel()?.getLineCount() ?? line);
      const glyph = { glyphMarginClassName: "execution-sign", zIndex: 2 };
      this.#line.set([
        {
          range: new Range(at, 1, at, 1),
          options: { isWholeLine: true, className: "execution-line", ...glyph },
        },
      ]);
      this.#code.revealLineInCenterIfOutsideViewport(at);
    }
  }

  /** Values of names under the pointer, while somebody knows them. */
  showValues(on: boolean): void {
    if (on === (this.#hover !== null)) return;
    this.#hover?.dispose();
    this.#hover = on
      ? languages.registerHoverProvider("python", {
          provideHover: async (model, { lineNumber, column }) => {
            const found = expressionAt(model.getLineContent(lineNumber), column - 1);
            const value = found && (await this.#init.valueOf(found));
            return value ? { contents: [{ value: asMarkdown(`${found} = ${value}`) }] } : null;
          },
        })
      : null;
  }

  dispose(): void {
    this.#hover?.dispose();
  }
}

function isMargin(
  target: editor.IMouseTarget,
): target is editor.IMouseTargetMargin & { readonly position: { readonly lineNumber: number } } {
  return target.type === editor.MouseTargetType.GUTTER_GLYPH_MARGIN && target.position !== null;
}

function sign(line: number, className: string, label: string): editor.IModelDeltaDecoration {
  return {
    range: new Range(line, 1, line, 1),
    options: {
      glyphMarginClassName: className,
      stickiness: STAYS,
      ...(label && { glyphMarginHoverMessage: { value: asMarkdown(label) } }),
    },
  };
}
