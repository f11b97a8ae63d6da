import { type editor, KeyCode, KeyMod, Range, Selection } from "monaco-editor/editor.js";
import type { FileLanguage } from "../../common/languages/file_language";
import * as keys from "./keys";
import { type Key, pressed } from "./pressed";
import { pasted } from "./reindent";

const TYPING = "editorTextFocus && !suggestWidgetVisible && !inSnippetMode";
const LOOK_MS = 300;

/** Keeps the indentation of each file in Monaco: on Enter, Tab, Shift+Tab, `else:` and paste. */
export class MonacoIndentation {
  readonly #code: editor.IStandaloneCodeEditor;
  readonly #language: () => FileLanguage;
  #preferred = 4;
  #look = 0;

  /** `language`: of the file that is shown. */
  constructor(
    code: editor.IStandaloneCodeEditor,
    parent: HTMLElement,
    language: () => FileLanguage,
  ) {
    this.#code = code;
    this.#language = language;
    const tabbing = `${TYPING} && !editorTabMovesFocus`;
    code.addCommand(KeyCode.Enter, () => this.#enter(), TYPING);
    code.addCommand(KeyCode.Tab, () => this.tab(), tabbing);
    code.addCommand(KeyMod.Shift | KeyCode.Tab, () => this.shiftTab(), tabbing);
    parent.addEventListener("paste", (event) => this.#paste(event), { capture: true });
    code.onDidChangeModel(() => this.showStyle());
    code.onDidChangeModelContent(({ isFlush, isUndoing, isRedoing, changes }) => {
      const typed = changes.length === 1 && !isUndoing && !isRedoing ? changes[0]?.text : "";
      // The editor is still handling the key.
      if (keys.ENDS.test(typed ?? "") && code.hasTextFocus()) queueMicrotask(() => this.#end());
      if (isFlush || changes.some(({ text }) => text.includes("\n"))) this.showStyle();
      else this.#showSoon();
    });
  }

  /** How a level is indented where a file does not say: so many spaces. */
  prefer(size: number): void {
    this.#preferred = size;
    this.showStyle();
  }

  /** Tells Monaco, for its own actions, how the file is indented, and shows tabs if there are any. */
  showStyle(): void {
    window.clearTimeout(this.#look);
    const model = this.#code.getModel();
    if (!model) return;
    const { tabs, size } = this.#file(model).indentation;
    model.updateOptions({ tabSize: size, indentSize: size, insertSpaces: !tabs });
    const unusual = !this.#language().blocks.tabs && model.getValue().includes("\t");
    const shown = unusual ? "boundary" : "selection";
    this.#code.updateOptions({ renderWhitespace: shown });
  }

  tab(): void {
    this.#apply((file, from, to) =>
      from === to ? [keys.tab(file, from)] : keys.shiftLines(file, from, to, false),
    );
  }

  shiftTab(): void {
    this.#apply((file, from, to) =>
      from === to ? [keys.shiftTab(file, from)] : keys.shiftLines(file, from, to, true),
    );
  }

  indent(): void {
    this.#apply((file, from, to) => keys.shiftLines(file, from, to, false));
  }

  outdent(): void {
    this.#apply((file, from, to) => keys.shiftLines(file, from, to, true));
  }

  /** What is inserted at the cursor when `text` is pasted. */
  pasted(text: string): string {
    const model = this.#code.getModel();
    const at = this.#code.getSelection()?.getStartPosition();
    if (!model || !at) return text;
    return pasted(this.#file(model), model.getOffsetAt(at), text.replace(/\r\n?/g, "\n"));
  }

  #enter(): void {
    this.#apply((file, from, to) => [keys.enter(file, from, to)]);
  }

  #end(): void {
    this.#apply((file, _, to) => {
      const edit = keys.ending(file, to);
      return edit ? [edit] : [];
    });
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text === "" || !this.#code.hasTextFocus() || this.#selections().length > 1) return;
    const fitting = this.pasted(text);
    if (fitting === text.replace(/\r\n?/g, "\n")) return;
    event.preventDefault();
    event.stopPropagation();
    this.#code.trigger("keyboard", "paste", {
      text: fitting,
      pasteOnNewLine: false,
      multicursorText: null,
    });
  }

  #showSoon(): void {
    window.clearTimeout(this.#look);
    this.#look = window.setTimeout(() => this.showStyle(), LOOK_MS);
  }

  #file(model: editor.ITextModel): keys.FileText {
    return keys.fileText(model.getValue(), this.#language(), this.#preferred);
  }

  #selections(): Selection[] {
    return this.#code.getSelections() ?? [];
  }

  /** One edit that can be undone, for all cursors. */
  #apply(key: Key): void {
    const model = this.#code.getModel();
    if (!model) return;
    const selections = this.#selections().map((selection) => ({
      from: model.getOffsetAt(selection.getStartPosition()),
      to: model.getOffsetAt(selection.getEndPosition()),
    }));
    const { edits, selections: ends } = pressed(this.#file(model), selections, key);
    if (edits.length === 0) return;
    this.#code.pushUndoStop();
    this.#code.executeEdits(
      "indentation",
      edits.map(({ from, to, insert }) => ({
        range: Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to)),
        text: insert,
        forceMoveMarkers: true,
      })),
      () =>
        ends.map(({ from, to }) =>
          Selection.fromPositions(model.getPositionAt(from), model.getPositionAt(to)),
        ),
    );
    this.#code.pushUndoStop();
    const position = this.#code.getPosition();
    if (position) this.#code.revealPosition(position);
  }
}
