import { type editor, Range } from "monaco-editor/editor.js";
import type { ErrorMark } from "../editor";

/** Shows in Monaco which line an error names: a sign in front of it, and what the error says behind. */
export class ErrorMarks {
  readonly #shown: editor.IEditorDecorationsCollection;
  readonly #code: editor.IStandaloneCodeEditor;

  constructor(code: editor.IStandaloneCodeEditor) {
    this.#code = code;
    this.#shown = code.createDecorationsCollection();
  }

  show(error: ErrorMark | null): void {
    const model = this.#code.getModel();
    if (!error || !model) {
      this.#shown.clear();
      return;
    }
    const line = Math.min(error.line, model.getLineCount());
    const end = model.getLineMaxColumn(line);
    const hoverMessage = error.more ? { value: asMarkdown(error.more) } : null;
    this.#shown.set([
      {
        range: new Range(line, 1, line, 1),
        options: {
          isWholeLine: true,
          hoverMessage,
          className: "error-line",
          firstLineDecorationClassName: "error-sign",
        },
      },
      {
        range: new Range(line, end, line, end),
        options: {
          showIfCollapsed: true,
          after: { content: `  ${error.message}`, inlineClassName: "error-message" },
        },
      },
    ]);
  }
}

/** What it says may come out of a program: none of it is Markdown. */
export function asMarkdown(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, (sign) =>
    /[\x21-\x7e]/.test(sign) ? `\\${sign}` : sign,
  );
}
