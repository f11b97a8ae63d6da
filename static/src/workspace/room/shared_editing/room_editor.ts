import type { FileLanguage } from "../../../common/languages/file_language";
import type { Theme } from "../../../common/preferences";
import type { SharedFile } from "../room_document";
import type { Peers } from "./peers";

export interface RoomEditorInit {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly readOnly: boolean;
  readonly theme: Theme;
  /** An input method begins or ends to compose text, where that must not be disturbed. */
  composing(begins: boolean): void;
}

/** An editor of shared files. Each file has an undo history of its own, with the user's edits alone. */
export interface RoomEditor {
  show(file: SharedFile, language: FileLanguage, peers: Peers): void;
  /** The document is another one: what was kept of files is dropped. */
  forget(): void;
  setTheme(theme: Theme): void;
  setReadOnly(readOnly: boolean): void;
  /** Scrolls to a place of the shown file. */
  reveal(offset: number): void;
  undo(): void;
  redo(): void;
  focus(): void;
}
