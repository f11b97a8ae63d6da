import type { Editor, EditorPlace } from "../editor/editor";
import { PlainEditor } from "../editor/plain_editor";
import type { SourceFile } from "../protocol.gen";
import type { Language } from "./config";
import type { Memory } from "./memory";

const KEEP_AFTER_MS = 300;
const LABEL = "Code. Press F6 to go to the terminal.";

/** The student's text: kept in this browser, in whichever editor is there by now. */
export class Code {
  #editor: Editor;
  #language: Language;
  #timer = 0;
  readonly #parent: HTMLElement;
  readonly #memory: Memory;

  constructor(parent: HTMLElement, language: Language, memory: Memory) {
    this.#parent = parent;
    this.#language = language;
    this.#memory = memory;
    this.#editor = new PlainEditor(this.#place(this.#kept(), [0, 0]));
    window.addEventListener("pagehide", () => this.#keep());
  }

  /** Monaco takes the plain editor's place, in the middle of typing if need be. */
  async upgrade(): Promise<void> {
    const { MonacoEditor } = await import("../editor/monaco_editor");
    const plain = this.#editor;
    const focused = plain.hasFocus();
    const place = this.#place(plain.getText(), plain.getSelection());
    plain.dispose();
    this.#editor = new MonacoEditor(place);
    if (focused) this.#editor.focus();
  }

  get language(): Language {
    return this.#language;
  }

  switchTo(language: Language): void {
    this.#keep();
    this.#language = language;
    this.#editor.setLanguage(language.id);
    this.#editor.setText(this.#kept());
  }

  get files(): SourceFile[] {
    return [{ path: this.#language.main, content: this.getText() }];
  }

  getText(): string {
    return this.#editor.getText();
  }

  setText(text: string): void {
    this.#editor.setText(text);
    this.#keep();
  }

  focus(): void {
    this.#editor.focus();
  }

  #place(text: string, selection: [number, number]): EditorPlace {
    return {
      parent: this.#parent,
      language: this.#language.id,
      text,
      selection,
      label: LABEL,
      changed: () => {
        this.#timer ||= window.setTimeout(() => this.#keep(), KEEP_AFTER_MS);
      },
    };
  }

  #kept(): string {
    return this.#memory.get(`text:${this.#language.id}`) ?? this.#language.example;
  }

  #keep(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#memory.set(`text:${this.#language.id}`, this.getText());
  }
}
