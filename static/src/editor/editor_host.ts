import { t } from "../common/i18n/translate";
import type { Editor, EditorFile, EditorInit, EditorOptions } from "./editor";
import { PlainEditor } from "./plain_editor";

/** What is written on: the plain editor at first, the real one as soon as it is loaded. */
export class EditorHost {
  #editor: Editor;
  #file: EditorFile = { key: "", text: "", language: "plaintext" };
  #options: EditorOptions;
  #quiet = false;
  readonly #parent: HTMLElement;
  readonly #changed: () => void;

  constructor(parent: HTMLElement, options: EditorOptions, changed: () => void) {
    this.#parent = parent;
    this.#options = options;
    this.#changed = changed;
    this.#editor = new PlainEditor(this.#place([0, 0]));
  }

  /** Takes the plain editor's place, in the middle of typing if need be. */
  async upgrade(touch: boolean): Promise<void> {
    const load = touch
      ? async () => (await import("./codemirror_editor")).CodeMirrorEditor
      : async () => (await import("./monaco_editor")).MonacoEditor;
    const Real = await load();
    const plain = this.#editor;
    const focused = plain.hasFocus();
    this.#file = { ...this.#file, text: plain.getText() };
    const place = this.#place(plain.getSelection());
    plain.dispose();
    this.#editor = new Real(place);
    if (focused) this.#editor.focus();
  }

  getText(): string {
    return this.#editor.getText();
  }

  setText(text: string): void {
    const before = this.getText();
    this.#editor.setText(text);
    // The plain editor does not tell what was not typed.
    if (before !== text) this.#tell();
  }

  setLanguage(language: string): void {
    this.#file = { ...this.#file, language };
    this.#editor.setLanguage(language);
  }

  show(file: EditorFile): void {
    this.#file = file;
    this.#quiet = true;
    this.#editor.show(file);
    this.#quiet = false;
  }

  forget(key?: string): void {
    this.#editor.forget(key);
  }

  setOptions(options: EditorOptions): void {
    this.#options = options;
    this.#editor.setOptions(options);
  }

  find(): void {
    this.#editor.find();
  }

  insert(text: string): void {
    this.#editor.insert(text);
  }

  press(key: string, ctrl: boolean): void {
    this.#editor.press(key, ctrl);
  }

  focus(): void {
    this.#editor.focus();
  }

  hasFocus(): boolean {
    return this.#editor.hasFocus();
  }

  #place(selection: [number, number]): EditorInit {
    return {
      parent: this.#parent,
      file: this.#file,
      selection,
      options: this.#options,
      label: t("editor.label"),
      changed: () => this.#tell(),
    };
  }

  /** Showing another file is no edit. */
  #tell(): void {
    if (!this.#quiet) this.#changed();
  }
}
