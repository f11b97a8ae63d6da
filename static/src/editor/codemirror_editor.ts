import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  runScopeHandlers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { CODE_COLOURS } from "./colours";
import type { Editor, EditorFile, EditorInit, EditorOptions } from "./editor";

interface OpenState {
  state: EditorState;
  scrollTop: number;
}

function colouring(options: EditorOptions): Extension {
  const colours = CODE_COLOURS[options.theme];
  const highlight = HighlightStyle.define([
    { tag: tags.comment, color: colours.comment, fontStyle: "italic" },
    { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: colours.keyword },
    { tag: [tags.string, tags.special(tags.string)], color: colours.string },
    { tag: tags.escape, color: colours.escape },
    { tag: [tags.number, tags.bool, tags.null], color: colours.number },
    { tag: [tags.typeName, tags.className, tags.function(tags.variableName)], color: colours.type },
    { tag: [tags.punctuation, tags.operator], color: colours.delimiter },
  ]);
  const theme = EditorView.theme(
    {
      "&": {
        height: "100%",
        color: colours.text,
        backgroundColor: colours.background,
        fontSize: `${options.fontSize}px`,
      },
      "&.cm-focused": { outline: "none" },
      ".cm-scroller": {
        fontFamily: '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, monospace',
        lineHeight: "1.57",
      },
      ".cm-content": { padding: "12px 0", caretColor: colours.cursor },
      ".cm-cursor": { borderLeftColor: colours.cursor, borderLeftWidth: "2px" },
      ".cm-gutters": {
        backgroundColor: colours.background,
        color: colours.lineNumber,
        border: "none",
      },
      ".cm-activeLine": { backgroundColor: colours.activeLine },
      "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
        backgroundColor: `${colours.selection} !important`,
      },
      "&.cm-focused .cm-matchingBracket": { backgroundColor: colours.bracket },
      ".cm-panels": { backgroundColor: colours.widget, color: colours.text },
      ".cm-panels-bottom": { borderTop: `1px solid ${colours.widgetBorder}` },
      ".cm-textfield, .cm-button": {
        minHeight: "36px",
        fontSize: "16px",
        color: colours.text,
        backgroundColor: colours.background,
        backgroundImage: "none",
        border: `1px solid ${colours.widgetBorder}`,
        borderRadius: "6px",
      },
    },
    { dark: colours.dark },
  );
  return [theme, syntaxHighlighting(highlight)];
}

/** The editor for touch screens: it works with the browser's own keyboard, selection and menu. */
export class CodeMirrorEditor implements Editor {
  readonly #view: EditorView;
  readonly #states = new Map<string, OpenState>();
  readonly #language = new Compartment();
  readonly #look = new Compartment();
  readonly #init: EditorInit;
  #options: EditorOptions;
  #shown: string;

  constructor(init: EditorInit) {
    this.#init = init;
    this.#options = init.options;
    this.#shown = init.file.key;
    const [anchor, head] = init.selection;
    const state = this.#state(init.file).update({ selection: { anchor, head } }).state;
    this.#view = new EditorView({ state, parent: init.parent });
  }

  getText(): string {
    return this.#view.state.doc.toString();
  }

  setText(text: string): void {
    const changes = { from: 0, to: this.#view.state.doc.length, insert: text };
    this.#view.dispatch({ changes, selection: { anchor: 0 }, scrollIntoView: true });
  }

  setLanguage(language: string): void {
    this.#view.dispatch({ effects: this.#language.reconfigure(grammar(language)) });
  }

  show(file: EditorFile): void {
    const { state, scrollDOM } = this.#view;
    const left = { state, scrollTop: scrollDOM.scrollTop };
    if (this.#shown !== "") this.#states.set(this.#shown, left);
    const known = this.#states.get(file.key);
    this.#shown = file.key;
    this.#view.setState(known?.state ?? this.#state(file));
    this.setLanguage(file.language);
    this.#view.dispatch({ effects: this.#look.reconfigure(this.#looks()) });
    scrollDOM.scrollTop = known?.scrollTop ?? 0;
  }

  forget(key?: string): void {
    if (key === undefined) this.#states.clear();
    else this.#states.delete(key);
    // The shown file's state must not be kept either when the next file is shown.
    if (key === undefined) this.#shown = "";
  }

  setOptions(options: EditorOptions): void {
    this.#options = options;
    this.#view.dispatch({ effects: this.#look.reconfigure(this.#looks()) });
  }

  find(): void {
    openSearchPanel(this.#view);
  }

  insert(text: string): void {
    this.#view.dispatch(this.#view.state.replaceSelection(text), { scrollIntoView: true });
  }

  press(key: string, ctrl: boolean): void {
    const event = new KeyboardEvent("keydown", { key, ctrlKey: ctrl });
    runScopeHandlers(this.#view, event, "editor");
  }

  focus(): void {
    this.#view.focus();
  }

  hasFocus(): boolean {
    return this.#view.hasFocus;
  }

  getSelection(): [number, number] {
    const { from, to } = this.#view.state.selection.main;
    return [from, to];
  }

  dispose(): void {
    this.#view.destroy();
  }

  #looks(): Extension {
    const { tabSize } = this.#options;
    return [
      colouring(this.#options),
      EditorState.tabSize.of(tabSize),
      indentUnit.of(" ".repeat(tabSize)),
    ];
  }

  #state(file: EditorFile): EditorState {
    const attributes = {
      "aria-label": this.#init.label,
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    };
    return EditorState.create({
      doc: file.text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        search(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(attributes),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) this.#init.changed();
        }),
        keymap.of([
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...historyKeymap,
          indentWithTab,
          ...defaultKeymap,
        ]),
        this.#language.of(grammar(file.language)),
        this.#look.of(this.#looks()),
      ],
    });
  }
}

function grammar(language: string): Extension {
  return language === "python" ? python() : [];
}
