import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import * as Y from "yjs";
import { type FileLanguage, isPython } from "../../../common/languages/file_language";
import type { Theme } from "../../../common/preferences";
import { phrases } from "../../../editor/codemirror/actions";
import { content } from "../../../editor/codemirror/content";
import { colouring } from "../../../editor/codemirror/theme";
import { keepsIndentation } from "../../../editor/indentation/codemirror_indentation";
import type { SharedFile } from "../room_document";
import type { Peers } from "./peers";
import type { RoomEditor, RoomEditorInit } from "./room_editor";

const LOOK = { fontSize: 16, tabSize: 4, screenReader: false, suggestWhileTyping: false };

/** The shared editor of touch screens. */
export class CodeMirrorRoomEditor implements RoomEditor {
  readonly #view: EditorView;
  readonly #init: RoomEditorInit;
  readonly #look = new Compartment();
  readonly #language = new Compartment();
  readonly #writable = new Compartment();
  readonly #undo = new Map<string, Y.UndoManager>();
  #shown = "";
  #theme: Theme;
  #readOnly: boolean;

  constructor(init: RoomEditorInit) {
    this.#init = init;
    this.#theme = init.theme;
    this.#readOnly = init.readOnly;
    this.#view = new EditorView({ parent: init.parent });
  }

  show(file: SharedFile, language: FileLanguage, peers: Peers): void {
    this.#shown = file.key;
    const undoManager = this.#undo.get(file.key) ?? new Y.UndoManager(file.text);
    this.#undo.set(file.key, undoManager);
    peers.setFile(file.key);
    const shared = yCollab(file.text, peers.awareness, { undoManager });
    this.#view.setState(this.#state(file.text.toString(), [shared]));
    void this.#colour(file.key, language);
  }

  forget(): void {
    this.#undo.clear();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#view.dispatch({ effects: this.#look.reconfigure(colouring({ ...LOOK, theme })) });
  }

  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly;
    this.#view.dispatch({ effects: this.#writable.reconfigure(this.#writability()) });
  }

  reveal(offset: number): void {
    const place = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ effects: EditorView.scrollIntoView(place, { y: "center" }) });
  }

  undo(): void {
    this.#undo.get(this.#shown)?.undo();
  }

  redo(): void {
    this.#undo.get(this.#shown)?.redo();
  }

  focus(): void {
    this.#view.focus();
  }

  #writability(): Extension {
    return [EditorState.readOnly.of(this.#readOnly), EditorView.editable.of(!this.#readOnly)];
  }

  /** Without a connection, a file whose grammar is not loaded stays as it is. */
  async #colour(key: string, language: FileLanguage): Promise<void> {
    if (isPython(language)) {
      this.#view.dispatch({ effects: this.#language.reconfigure(pythonLanguage) });
      return;
    }
    const { grammarOf } = await import("../../../editor/codemirror/grammars");
    const grammar = await grammarOf(language).catch(() => null);
    if (!grammar || key !== this.#shown) return;
    this.#view.dispatch({ effects: this.#language.reconfigure(grammar.support) });
  }

  #state(doc: string, shared: Extension): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        drawSelection(),
        keepsIndentation(),
        bracketMatching(),
        closeBrackets(),
        search(),
        phrases(),
        EditorView.lineWrapping,
        content(this.#init.label),
        keymap.of([
          ...yUndoManagerKeymap,
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...defaultKeymap,
        ]),
        this.#writable.of(this.#writability()),
        this.#language.of([]),
        this.#look.of(colouring({ ...LOOK, theme: this.#theme })),
        shared,
      ],
    });
  }
}
