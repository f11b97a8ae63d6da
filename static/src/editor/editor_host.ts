import { Emitter } from "../common/base/emitter";
import { t } from "../common/i18n/translate";
import type { Editor, EditorFile, EditorInit, EditorOptions } from "./editor";
import { PlainEditor } from "./plain_editor";

/** The code editor of the page: a plain text field until the real editor is loaded. */
export class EditorHost {
  readonly #didChange = new Emitter();
  /** The text of the file that is shown was edited. */
  readonly onDidChange = this.#didChange.event;
  #editor: Editor;
  #file: EditorFile = { key: "", text: "", language: "plaintext" };
  #options: EditorOptions;
  #showing = false;
  readonly #parent: HTMLElement;

  constructor(parent: HTMLElement, options: EditorOptions) {
    this.#parent = parent;
    this.#options = options;
    this.#editor = new PlainEditor(this.#init([0, 0]));
  }

  /** Replaces the plain editor. The user may be typing: text, selection and focus are kept. */
  async upgrade(touch: boolean): Promise<void> {
    const load = touch
      ? async () => (await import("./codemirror_editor")).CodeMirrorEditor
      : async () => (await import("./monaco_editor")).MonacoEditor;
    const LoadedEditor = await load();
    const plain = this.#editor;
    const focused = plain.hasFocus();
    this.#file = { ...this.#file, text: plain.getText() };
    const init = this.#init(plain.getSelection());
    plain.dispose();
    this.#editor = new LoadedEditor(init);
    if (focused) this.#editor.focus();
  }

  getText(): string {
    return this.#editor.getText();
  }

  setText(text: string): void {
    const before = this.getText();
    this.#editor.setText(text);
    // A text field has no event for changes made by a script.
    if (before !== text) this.#notifyChange();
  }

  setLanguage(language: string): void {
    this.#file = { ...this.#file, language };
    this.#editor.setLanguage(language);
  }

  show(file: EditorFile): void {
    this.#file = file;
    this.#showing = true;
    this.#editor.show(file);
    this.#showing = false;
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

  #init(selection: [number, number]): EditorInit {
    return {
      parent: this.#parent,
      file: this.#file,
      selection,
      options: this.#options,
      label: t("editor.label"),
      changed: () => this.#notifyChange(),
    };
  }

  /** Editors also report a change when another file is shown; that is not an edit. */
  #notifyChange(): void {
    if (!this.#showing) this.#didChange.fire();
  }
}
