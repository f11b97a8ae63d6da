import { editor, KeyCode } from "monaco-editor/editor.js";
import type { EditorAction, EditorInit, Point } from "./editor";

export const MONACO_ACTIONS: Readonly<Record<EditorAction, string>> = {
  undo: "undo",
  redo: "redo",
  cut: "editor.action.clipboardCutAction",
  copy: "editor.action.clipboardCopyAction",
  select_all: "editor.action.selectAll",
  find: "actions.find",
  replace: "editor.action.startFindReplaceAction",
  comment: "editor.action.commentLine",
  duplicate_line: "editor.action.copyLinesDownAction",
  indent: "editor.action.indentLines",
  outdent: "editor.action.outdentLines",
  fold_all: "editor.foldAll",
  unfold_all: "editor.unfoldAll",
  suggest: "editor.action.triggerSuggest",
  describe: "editor.action.showHover",
  signature: "editor.action.triggerParameterHints",
};

const RIGHT_BUTTON = 2;

/** The context menu, and what shows a definition: F12, and a click with Ctrl (⌘ on a Mac). */
export function bindMouse(
  code: editor.IStandaloneCodeEditor,
  init: Pick<EditorInit, "askedForMenu" | "askedForDefinition">,
): void {
  code.onContextMenu(({ target, event }) => {
    // The browser's own menu is of more use in the fields of the find widget.
    if (target.type === editor.MouseTargetType.OVERLAY_WIDGET) return;
    event.preventDefault();
    event.stopPropagation();
    const { button, ctrlKey, clientX, clientY } = event.browserEvent;
    // Otherwise a key asked for it.
    const byMouse = button === RIGHT_BUTTON || ctrlKey;
    if (byMouse && target.position && !selectedAt(code, target.position)) {
      code.setPosition(target.position);
    }
    code.focus();
    init.askedForMenu(byMouse ? { x: clientX, y: clientY } : besideCursor(code));
  });
  code.onMouseDown(({ target, event }) => {
    const offset = target.position && code.getModel()?.getOffsetAt(target.position);
    const text = target.type === editor.MouseTargetType.CONTENT_TEXT;
    if ((event.ctrlKey || event.metaKey) && event.leftButton && text && offset != null) {
      init.askedForDefinition(offset);
    }
  });
  code.addAction({
    id: "show-definition",
    label: "",
    keybindings: [KeyCode.F12],
    run: () => {
      const position = code.getPosition();
      if (position) init.askedForDefinition(code.getModel()?.getOffsetAt(position) ?? 0);
    },
  });
}

function selectedAt(
  code: editor.ICodeEditor,
  position: { lineNumber: number; column: number },
): boolean {
  return (code.getSelections() ?? []).some((selection) => selection.containsPosition(position));
}

/** Below the cursor's line. */
function besideCursor(code: editor.ICodeEditor): Point {
  const position = code.getPosition();
  if (position) code.revealPosition(position);
  const place = code.getContainerDomNode().getBoundingClientRect();
  const cursor = position && code.getScrolledVisiblePosition(position);
  if (!cursor) return { x: place.left, y: place.top };
  return { x: place.left + cursor.left, y: place.top + cursor.top + cursor.height };
}
