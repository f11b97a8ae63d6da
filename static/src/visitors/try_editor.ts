import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { type FileLanguage, isPython } from "../common/languages/file_language";
import type { Theme } from "../common/preferences";
import { content } from "../editor/codemirror/content";
import { colouring } from "../editor/codemirror/theme";
import { indentsAs, keepsIndentation } from "../editor/indentation/codemirror_indentation";
import type { SourceFile } from "../protocol.gen";
import { tt } from "./texts";

const LOOK = { fontSize: 14, tabSize: 4, screenReader: false, suggestWhileTyping: false };

export interface TryEditorHost {
  readonly parent: HTMLElement;
  readonly files: readonly SourceFile[];
  languageOf(path: string): FileLanguage;
  /** Ctrl+Enter. */
  run(): void;
}

/** A small editor of some files, on every kind of screen. */
export class TryEditor {
  readonly #host: TryEditorHost;
  readonly #view: EditorView;
  readonly #look = new Compartment();
  readonly #language = new Compartment();
  readonly #states = new Map<string, EditorState>();
  #theme: Theme;
  #shown: string;

  constructor(host: TryEditorHost, shown: string, theme: Theme) {
    this.#host = host;
    this.#theme = theme;
    this.#shown = shown;
    for (const { path, content } of host.files) this.#states.set(path, this.#state(path, content));
    this.#view = new EditorView({ state: this.#stateOf(shown), parent: host.parent });
    void this.#colour();
  }

  get files(): SourceFile[] {
    this.#keep();
    return this.#host.files.map(({ path }) => ({
      path,
      content: this.#stateOf(path).doc.toString(),
    }));
  }

  get shown(): string {
    return this.#shown;
  }

  getText(): string {
    return this.#view.state.doc.toString();
  }

  setText(text: string): void {
    const { doc } = this.#view.state;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  show(path: string): void {
    this.#keep();
    this.#shown = path;
    this.#view.setState(this.#stateOf(path));
    this.setTheme(this.#theme);
    void this.#colour();
  }

  /** All files as they were; that can be undone. */
  reset(): void {
    const shown = this.#shown;
    for (const { path, content } of this.#host.files) {
      this.show(path);
      if (this.getText() !== content) this.setText(content);
    }
    this.show(shown);
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#view.dispatch({ effects: this.#look.reconfigure(colouring({ ...LOOK, theme })) });
  }

  focus(): void {
    this.#view.focus();
  }

  hasFocus(): boolean {
    return this.#view.hasFocus;
  }

  #keep(): void {
    this.#states.set(this.#shown, this.#view.state);
  }

  #stateOf(path: string): EditorState {
    return this.#states.get(path) ?? this.#state(path, "");
  }

  /** A file whose grammar cannot be loaded stays as it is. */
  async #colour(): Promise<void> {
    const path = this.#shown;
    const language = this.#host.languageOf(path);
    if (isPython(language)) return this.#use(pythonLanguage);
    const { grammarOf } = await import("../editor/codemirror/grammars");
    const grammar = await grammarOf(language).catch(() => null);
    if (grammar && path === this.#shown) this.#use(grammar.support);
  }

  #use(grammar: Extension): void {
    this.#view.dispatch({ effects: this.#language.reconfigure(grammar) });
  }

  #state(path: string, doc: string): EditorState {
    const label = this.#host.files.length > 1 ? tt("code.of", { path }) : tt("editor.label");
    const run = () => {
      this.#host.run();
      return true;
    };
    return EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        keepsIndentation(),
        indentsAs(this.#host.languageOf(path)),
        bracketMatching(),
        closeBrackets(),
        EditorView.lineWrapping,
        content(label),
        keymap.of([
          { key: "Mod-Enter", run },
          ...closeBracketsKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        this.#language.of([]),
        this.#look.of(colouring({ ...LOOK, theme: this.#theme })),
      ],
    });
  }
}
