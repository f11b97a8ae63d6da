import type { Theme } from "../common/preferences";

export interface EditorOptions {
  /** In pixels. */
  readonly fontSize: number;
  readonly tabSize: number;
  readonly theme: Theme;
  readonly screenReader: boolean;
}

export interface EditorFile {
  /** Stays the same while the file is open, also when it is renamed. */
  readonly key: string;
  readonly text: string;
  /** As common/snippets/source_files.ts names it: `python`, `plaintext` … */
  readonly language: string;
}

/** The interface of all editors. */
export interface Editor {
  getText(): string;
  /** Replaces the text of the shown file, as one edit that can be undone. */
  setText(text: string): void;
  setLanguage(language: string): void;
  /** Shows another file. Each file keeps its undo history, selection and scroll position. */
  show(file: EditorFile): void;
  /** A file was closed; without a key: all files. */
  forget(key?: string): void;
  setOptions(options: EditorOptions): void;
  /** Find and replace. */
  find(): void;
  /** Types text, or (`press`) a key such as `ArrowLeft` or `Tab`: for the key row of touch screens. */
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
