import type { FileLanguage } from "../common/languages/file_language";
import type { Problem, TextEdit } from "../common/problems/problem";
import type { LineRange } from "../common/snippets/locked_lines";
import type { Editor, EditorAction, EditorFile, EditorInit, EditorOptions } from "./editor";
import { fileText, tab } from "./indentation/keys";

/** The browser's own commands for text fields. */
/** Of a line, where its style does not say it. */
const LINE_PX = 20;
const COMMANDS: Readonly<Partial<Record<EditorAction, string>>> = {
  undo: "undo",
  redo: "redo",
  cut: "cut",
  copy: "copy",
  select_all: "selectAll",
};

/** A text field, used until the real editor is loaded, and if it cannot be loaded. */
export class PlainEditor implements Editor {
  readonly #field = document.createElement("textarea");
  #language: FileLanguage;
  #tabSize = 4;

  constructor(init: EditorInit) {
    this.#language = init.file.language;
    this.#field.className = "plain-editor";
    this.#field.value = init.file.text;
    this.#field.spellcheck = false;
    this.#field.autocapitalize = "off";
    this.#field.setAttribute("autocorrect", "off");
    this.#field.setAttribute("aria-label", init.label);
    this.#field.setSelectionRange(...init.selection);
    this.#field.addEventListener("input", init.changed);
    this.setOptions(init.options);
    init.parent.append(this.#field);
  }

  getText(): string {
    return this.#field.value;
  }

  setText(text: string): void {
    this.#field.value = text;
    this.#field.setSelectionRange(0, 0);
  }

  setLanguage(language: FileLanguage): void {
    this.#language = language;
  }

  show(file: EditorFile): void {
    this.#language = file.language;
    this.setText(file.text);
  }

  /** A text field shows nothing beside its text. */
  mark(): void {}

  setProblems(): void {}

  showLocked(_lines: readonly LineRange[], why: string, label: string): void {
    this.#field.title = label && `${label} ${why}`;
  }

  showBreakpoints(): void {}

  breakpointLines(): null {
    return null;
  }

  showExecution(): void {}

  showValues(): void {}

  showProblem({ from, to }: Problem): void {
    this.select(from, to);
  }

  edit(edits: readonly TextEdit[]): void {
    for (const { from, to, insert } of [...edits].sort((one, other) => other.from - one.from)) {
      this.#field.setRangeText(insert, from, to, "preserve");
    }
    this.#field.dispatchEvent(new Event("input"));
  }

  forget(): void {}

  setOptions(options: EditorOptions): void {
    this.#field.style.setProperty("--code-size", `${options.fontSize}px`);
    this.#field.style.tabSize = String(options.tabSize);
    this.#tabSize = options.tabSize;
  }

  /** A text field has no search of its own; the browser's search works in it. */
  can(action: EditorAction): boolean {
    return action in COMMANDS;
  }

  run(action: EditorAction): void {
    this.focus();
    const command = COMMANDS[action];
    if (command) document.execCommand(command);
  }

  paste(text: string): void {
    this.insert(text);
  }

  insert(text: string): void {
    this.#field.setRangeText(text, ...this.getSelection(), "end");
    this.#field.dispatchEvent(new Event("input"));
  }

  press(key: string): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
    if (key === "Tab") this.#tab();
    const at = Math.max(0, this.#field.selectionStart + step);
    this.#field.setSelectionRange(at, at);
  }

  #tab(): void {
    const file = fileText(this.getText(), this.#language, this.#tabSize);
    const edit = tab(file, this.#field.selectionStart);
    this.#field.setRangeText(edit.insert, edit.from, edit.to, "end");
    this.#field.dispatchEvent(new Event("input"));
  }

  focus(): void {
    this.#field.focus();
  }

  hasFocus(): boolean {
    return document.activeElement === this.#field;
  }

  getSelection(): [number, number] {
    return [this.#field.selectionStart, this.#field.selectionEnd];
  }

  /** As if no line were longer than the field is wide. */
  linesInView(): [number, number] {
    const height = Number.parseFloat(getComputedStyle(this.#field).lineHeight) || LINE_PX;
    const { scrollTop, clientHeight } = this.#field;
    return [
      1 + Math.floor(scrollTop / height),
      1 + Math.floor((scrollTop + clientHeight) / height),
    ];
  }

  /** A text field scrolls to the cursor when it gets the focus. */
  select(from: number, to: number): void {
    this.#field.blur();
    this.#field.setSelectionRange(from, to);
    this.focus();
  }

  dispose(): void {
    this.#field.remove();
  }
}
