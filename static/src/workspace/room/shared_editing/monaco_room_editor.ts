import { editor, KeyCode, KeyMod, Range } from "monaco-editor/editor.js";
import * as Y from "yjs";
import type { FileLanguage } from "../../../common/languages/file_language";
import type { Theme } from "../../../common/preferences";
import { firstLanguage, monacoLanguage } from "../../../editor/monaco/languages";
import { OPTIONS } from "../../../editor/monaco/options";
import type { SharedFile } from "../room_document";
import { MonacoBinding, MonacoPeers } from "./monaco_binding";
import type { Peers } from "./peers";
import type { RoomEditor, RoomEditorInit } from "./room_editor";

interface Opened {
  readonly binding: MonacoBinding;
  readonly model: editor.ITextModel;
  view: editor.ICodeEditorViewState | null;
}

/** The shared editor of devices with mouse and keyboard. */
export class MonacoRoomEditor implements RoomEditor {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #peersView: MonacoPeers;
  readonly #opened = new Map<string, Opened>();
  #file: SharedFile | null = null;
  #peers: Peers | null = null;
  #redrawn = 0;
  readonly #redraw = () => {
    if (this.#file && this.#peers) this.#peersView.draw(this.#file.text, this.#peers);
  };

  constructor(init: RoomEditorInit) {
    init.parent.classList.add("monaco-component");
    const { readOnly, label } = init;
    this.#editor = editor.create(init.parent, { ...OPTIONS, readOnly, ariaLabel: label });
    this.#peersView = new MonacoPeers(this.#editor);
    this.setTheme(init.theme);
    this.#editor.onDidCompositionStart(() => init.composing(true));
    this.#editor.onDidCompositionEnd(() => init.composing(false));
    // Monaco's own would undo what others have typed.
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => this.undo());
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => this.redo());
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => this.redo());
    this.#editor.onDidChangeCursorSelection(() => this.#tellCursor());
    this.#editor.onDidFocusEditorText(() => this.#tellCursor());
    // Who types at the end of the text stays "at its end": pages are told of no other cursor.
    this.#editor.onDidChangeModelContent(() => {
      cancelAnimationFrame(this.#redrawn);
      this.#redrawn = requestAnimationFrame(this.#redraw);
    });
    void document.fonts.ready.then(() => editor.remeasureFonts());
  }

  show(file: SharedFile, language: FileLanguage, peers: Peers): void {
    const left = this.#file && this.#opened.get(this.#file.key);
    if (left) left.view = this.#editor.saveViewState();
    if (this.#peers !== peers) {
      this.#peers?.awareness.off("change", this.#redraw);
      peers.awareness.on("change", this.#redraw);
      this.#peers = peers;
    }
    this.#file = file;
    const { model, view } = this.#open(file, language);
    peers.setFile(file.key);
    this.#editor.setModel(model);
    if (view) this.#editor.restoreViewState(view);
    this.#redraw();
  }

  forget(): void {
    for (const { binding } of this.#opened.values()) binding.dispose();
    this.#opened.clear();
    this.#file = null;
  }

  setTheme(theme: Theme): void {
    editor.setTheme(`coderunner-${theme}`);
  }

  setReadOnly(readOnly: boolean): void {
    this.#editor.updateOptions({ readOnly });
  }

  reveal(offset: number): void {
    const position = this.#editor.getModel()?.getPositionAt(offset);
    if (position) this.#editor.revealPositionInCenterIfOutsideViewport(position);
  }

  undo(): void {
    this.#goTo(this.#binding?.undo() ?? null);
  }

  redo(): void {
    this.#goTo(this.#binding?.redo() ?? null);
  }

  get #binding(): MonacoBinding | undefined {
    return this.#file ? this.#opened.get(this.#file.key)?.binding : undefined;
  }

  /** Who undoes what is out of sight sees it. */
  #goTo(offset: number | null): void {
    const position = offset === null ? null : this.#editor.getModel()?.getPositionAt(offset);
    if (!position) return;
    this.#editor.setPosition(position);
    this.#editor.revealPositionInCenterIfOutsideViewport(position);
  }

  focus(): void {
    this.#editor.focus();
  }

  #open(file: SharedFile, language: FileLanguage): Opened {
    const known = this.#opened.get(file.key);
    if (known) return known;
    const model = editor.createModel(file.text.toString(), firstLanguage(language));
    const binding = new MonacoBinding(file.text, model, (edit) => this.#steadily(model, edit));
    const opened = { model, binding, view: null };
    this.#opened.set(file.key, opened);
    void monacoLanguage(language)
      .then((id) => {
        if (!model.isDisposed()) editor.setModelLanguage(model, id);
      })
      .catch(() => undefined); // without a connection it stays as it is
    return opened;
  }

  /** The first line that is seen stays where it is, whatever is written above it. */
  #steadily(model: editor.ITextModel, edit: () => void): void {
    const shown = this.#editor;
    const [top, first] = [shown.getScrollTop(), shown.getVisibleRanges()[0]?.startLineNumber];
    if (shown.getModel() !== model || top === 0 || first === undefined) {
      edit();
      return;
    }
    const range = new Range(first, 1, first, 1);
    const line = shown.createDecorationsCollection([{ range, options: {} }]);
    const offset = top - shown.getTopForLineNumber(first);
    edit();
    const now = line.getRange(0)?.startLineNumber ?? first;
    line.clear();
    shown.setScrollTop(shown.getTopForLineNumber(now) + offset);
  }

  #tellCursor(): void {
    const [model, selection, text] = [
      this.#editor.getModel(),
      this.#editor.getSelection(),
      this.#file?.text,
    ];
    if (!model || !selection || !text || !this.#editor.hasTextFocus()) return;
    const place = (line: number, column: number) =>
      Y.createRelativePositionFromTypeIndex(text, model.getOffsetAt({ lineNumber: line, column }));
    this.#peers?.awareness.setLocalStateField("cursor", {
      anchor: place(selection.selectionStartLineNumber, selection.selectionStartColumn),
      head: place(selection.positionLineNumber, selection.positionColumn),
    });
  }
}
