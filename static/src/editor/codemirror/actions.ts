import {
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { copyLineDown, redo, selectAll, toggleComment, undo } from "@codemirror/commands";
import { foldAll, unfoldAll } from "@codemirror/language";
import { openSearchPanel } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { t } from "../../common/i18n/translate";
import type { EditorAction, Project } from "../editor";
import { indentLines, outdentLines } from "../indentation/codemirror_indentation";
import { type SuggestionKind, suggestionsAt } from "../python/suggestions";

type Action = (view: EditorView) => void;

export const CODEMIRROR_ACTIONS: Readonly<Record<EditorAction, Action>> = {
  undo,
  redo,
  // CodeMirror handles the browser's event.
  cut: () => document.execCommand("cut"),
  copy: () => document.execCommand("copy"),
  select_all: selectAll,
  find: openSearchPanel,
  replace: (view) => {
    openSearchPanel(view);
    view.dom.querySelector<HTMLInputElement>("input[name=replace]")?.focus();
  },
  comment: toggleComment,
  duplicate_line: copyLineDown,
  indent: indentLines,
  outdent: outdentLines,
  fold_all: foldAll,
  unfold_all: unfoldAll,
  suggest: startCompletion,
};

/** The names of CodeMirror's icons. */
const TYPES: Readonly<Record<SuggestionKind, string>> = {
  function: "function",
  class: "class",
  variable: "variable",
  parameter: "variable",
  module: "namespace",
  keyword: "keyword",
  builtin: "function",
  word: "text",
};

export function suggestionSource(project: () => Project) {
  return (context: CompletionContext): CompletionResult => {
    const { files, shown } = project();
    const word = context.matchBefore(/[\p{L}\p{N}_]*/u);
    const options = suggestionsAt(files, shown, context.pos).map(
      ({ label, kind, detail }, index) => ({
        label,
        detail,
        type: TYPES[kind],
        // Equally good matches stay in the order of `suggestionsAt`.
        boost: -index / 100,
      }),
    );
    return { from: word?.from ?? context.pos, options, validFor: /^[\p{L}\p{N}_]*$/u };
  };
}

/** CodeMirror's texts in the page's language. */
export function phrases(): Extension {
  return EditorState.phrases.of({
    Find: t("command.find"),
    Replace: t("command.replace"),
    next: t("find.next"),
    previous: t("find.previous"),
    "match case": t("find.case"),
    "by word": t("find.word"),
    replace: t("command.replace"),
    "replace all": t("find.replace_all"),
    close: t("dialog.close"),
    "current match": t("find.current"),
    "on line": t("find.on_line"),
    "replaced match on line $": t("find.replaced_on_line"),
    "replaced $ matches": t("find.replaced"),
    Completions: t("command.suggest"),
    "folded code": t("fold.folded"),
    "Folded lines": t("fold.folded"),
    "Unfolded lines": t("fold.unfolded"),
    unfold: t("fold.unfold"),
    to: t("fold.to"),
  });
}
