import { startCompletion } from "@codemirror/autocomplete";
import { copyLineDown, redo, selectAll, toggleComment, undo } from "@codemirror/commands";
import { foldAll, unfoldAll } from "@codemirror/language";
import { openSearchPanel } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { t } from "../../common/i18n/translate";
import type { EditorAction } from "../editor";
import { indentLines, outdentLines } from "../indentation/codemirror_indentation";
import type { CodeHelp } from "../intelligence/code_help";
import { describeAtCursor, signatureAtCursor } from "./language_help";

type Action = (view: EditorView, help: CodeHelp | null) => void;

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
  describe: (view, help) => help && describeAtCursor(help, view),
  signature: (view, help) => help && signatureAtCursor(help, view),
};

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
