import {
  autocompletion,
  type Completion as CmCompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  snippet,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  type Command,
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { CompletionKind, SignatureHelp, TextRange } from "../../common/intelligence/answers";
import type { CodeHelp } from "../intelligence/code_help";
import { helpText, markdownView, signatureView } from "../intelligence/help_view";
import { descriptionPlace } from "./description_place";
import { codemirrorTemplate } from "./template";

/** The names of CodeMirror's icons. */
const TYPES: Readonly<Record<CompletionKind, string>> = {
  function: "function",
  class: "class",
  variable: "variable",
  parameter: "variable",
  property: "property",
  constant: "constant",
  module: "namespace",
  keyword: "keyword",
  builtin: "function",
  template: "text",
  word: "text",
};
const WORD = /^[\p{L}\p{N}_]*$/u;

/** On a key, or while typing: then Tab takes a suggestion, and Enter always means a new line. */
export function suggestions(help: CodeHelp | null, whileTyping: boolean): Extension {
  const keys = completionKeymap.map((binding) => ({
    ...binding,
    ...(binding.key === "Enter" && { key: "Tab" }),
  }));
  return [
    autocompletion({
      activateOnTyping: whileTyping,
      defaultKeymap: !whileTyping,
      positionInfo: (view, list, option, info, space) => {
        const line = view.coordsAtPos(view.state.selection.main.head) ?? list;
        return { style: descriptionPlace({ list, option, info, space, line }) };
      },
      override: help ? [suggestionSource(help)] : [],
    }),
    whileTyping ? Prec.highest(keymap.of(keys)) : [],
  ];
}

export function suggestionSource(help: CodeHelp) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    if (!context.explicit && isWritten(context)) return null;
    const found = await help.completions(context.pos, context.explicit);
    if (!found || context.aborted) return null;
    const options = found.items.map((completion, index): CmCompletion => {
      const { label, kind, detail, insert, template, range } = completion;
      return {
        label,
        detail,
        type: TYPES[kind],
        ...(template ? { apply: snippet(codemirrorTemplate(insert)) } : apply(insert, range)),
        info: async () => {
          const markdown = await help.describe(completion);
          return markdown ? markdownView(markdown) : null;
        },
        // Equally good matches stay in their order.
        boost: -Math.min(index, 900) / 100,
      };
    });
    return { from: found.from, options, ...(!found.incomplete && { validFor: WORD }) };
  };
}

/** In a text or a comment, words are not names. */
function isWritten({ state, pos }: CompletionContext): boolean {
  return /String$|Comment$/.test(syntaxTree(state).resolveInner(pos, -1).name);
}

function apply(insert: string, range: TextRange | null): Pick<CmCompletion, "apply"> {
  if (!range) return { apply: insert };
  return {
    apply: (view, _, __, to) => {
      const changes = { from: range.from, to: Math.max(to, range.to), insert };
      view.dispatch({ changes, selection: { anchor: range.from + insert.length } });
    },
  };
}

const setHelp = StateEffect.define<Tooltip | null>();

/** What a key has asked for, until the cursor moves or the text changes. */
const shownHelp = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { docChanged, effects, selection }) {
    const asked = effects.find((effect) => effect.is(setHelp));
    if (asked) return asked.value as Tooltip | null;
    return docChanged || selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows what is known of the name at the cursor. */
export function describeAtCursor(help: CodeHelp, view: EditorView): void {
  const { state } = view;
  const { head } = state.selection.main;
  void help.hover(head).then((found) => {
    if (view.state !== state) return;
    show(view, found && tooltip(found.from, found.markdown), found ? helpText(found.markdown) : "");
  });
}

/** Shows the parameters of the call that the cursor is in. */
export function signatureAtCursor(help: CodeHelp, view: EditorView): void {
  const { state } = view;
  const { head } = state.selection.main;
  void help.signature(head, true).then((found) => {
    if (view.state === state) show(view, found && signatureTooltip(head, found), found?.label);
  });
}

/** `said`: to who hears the page. */
function show(view: EditorView, shown: Tooltip | null, said = ""): void {
  view.dispatch({ effects: [setHelp.of(shown), EditorView.announce.of(said)] });
}

const close: Command = (view) => {
  if (!view.state.field(shownHelp, false)) return false;
  show(view, null);
  return true;
};

function tooltip(pos: number, markdown: string): Tooltip {
  return { pos, above: true, create: () => ({ dom: markdownView(markdown) }) };
}

function signatureTooltip(pos: number, help: SignatureHelp): Tooltip {
  return { pos, above: true, create: () => ({ dom: signatureView(help) }) };
}

/** Shows parameters when a bracket or comma is typed, if the user wants help while typing. */
function whileTyping(help: CodeHelp): Extension {
  return ViewPlugin.define(() => ({
    update({ docChanged, state, transactions, view }: ViewUpdate) {
      if (help.mode !== "typing" || !docChanged) return;
      if (!transactions.some((one) => one.isUserEvent("input"))) return;
      const { head } = state.selection.main;
      if (!/[(,]/.test(state.sliceDoc(head - 1, head))) return;
      void help.signature(head, false).then((found) => {
        if (found && view.state === state) show(view, signatureTooltip(head, found));
      });
    },
  }));
}

export function languageHelp(help: CodeHelp): Extension {
  return [
    shownHelp,
    hoverTooltip(async (_, pos) => {
      const found = await help.hover(pos);
      if (!found) return null;
      return { ...tooltip(found.from, found.markdown), end: Math.max(found.to, found.from) };
    }),
    whileTyping(help),
    keymap.of([
      { key: "Escape", run: close },
      {
        key: "Mod-Shift-Space",
        run: (view) => {
          signatureAtCursor(help, view);
          return true;
        },
      },
    ]),
  ];
}
