import { type editor, Range } from "monaco-editor/editor.js";
import type { LineRange } from "../../common/snippets/locked_lines";
import { asMarkdown } from "./error_marks";

/** Shows in Monaco which lines stay as they are. */
export class LockedMarks {
  readonly #code: editor.IStandaloneCodeEditor;
  readonly #name: string;
  readonly #shown: editor.IEditorDecorationsCollection;

  /** `name`: what screen readers call the editor. */
  constructor(code: editor.IStandaloneCodeEditor, name: string) {
    this.#code = code;
    this.#name = name;
    this.#shown = code.createDecorationsCollection();
  }

  show(lines: readonly LineRange[], why: string, label: string): void {
    this.#shown.set(
      lines.map(({ first, last }) => ({
        range: new Range(first, 1, last, 1),
        options: {
          isWholeLine: true,
          className: "locked-line",
          linesDecorationsClassName: "locked-sign",
          linesDecorationsTooltip: why,
          hoverMessage: { value: asMarkdown(why) },
        },
      })),
    );
    this.#code.updateOptions({ ariaLabel: label ? `${this.#name}. ${label}` : this.#name });
  }
}
