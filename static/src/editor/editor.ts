import type { Theme } from "../common/preferences";

export interface EditorOptions {
  /** In pixels. */
  readonly fontSize: number;
  readonly tabSize: number;
  readonly theme: Theme;
  readonly screenReader: boolean;
}

export interface EditorFile {
  /** The same for as long as the file is open, whatever it is called. */
  readonly key: string;
  readonly text: string;
  /** As common/snippets/source_files.ts names it: `python`, `plaintext` … */
  readonly language: string;
}

/** What the page needs of an editor, whichever it is. */
export interface Editor {
  getText(): string;
  /** One edit of the file that is shown, which can be undone. */
  setText(text: string): void;
  setLanguage(language: string): void;
  /** Another file: each keeps its undo history, its selection and where it was scrolled to. */
  show(file: EditorFile): void;
  /** A file was closed, or (without a key) all of them. */
  forget(key?: string): void;
  setOptions(options: EditorOptions): void;
  /** Find and replace. */
  find(): void;
  /** Types for the key row of touch screens: text, or a key such as `ArrowLeft` and `Tab`. */
  insert(text: string): void;
  press(key: string, ctrl: boolean): void;
  focus(): void;
  hasFocus(): boolean;
  /** Character offsets of the selection's ends. */
  getSelection(): [number, number];
  dispose(): void;
}

export interface EditorInit {
  readonly parent: HTMLElement;
  readonly file: EditorFile;
  readonly selection: [number, number];
  readonly options: EditorOptions;
  readonly label: string;
  changed(): void;
}
