/** What the page needs of an editor, whichever it is. */
export interface Editor {
  getText(): string;
  setText(text: string): void;
  setLanguage(language: string): void;
  focus(): void;
  hasFocus(): boolean;
  /** Character offsets of the selection's ends. */
  getSelection(): [number, number];
  dispose(): void;
}

export interface EditorPlace {
  readonly parent: HTMLElement;
  /** Of the registry on the server: `python`. */
  readonly language: string;
  readonly text: string;
  readonly selection: [number, number];
  readonly label: string;
  changed(): void;
}
