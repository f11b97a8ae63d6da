import type { TextKey } from "../../common/i18n/translate";
import type { EditorAction } from "../../editor/editor";
import type { EditorHost } from "../../editor/editor_host";
import { isMac } from "../../terminal/keys/platform";
import { altKeys, type Command } from "../chrome/commands";
import { pasteInto } from "./clipboard";
import { openGoToLine } from "./go_to_line";

const linux = !isMac && /Linux/.test(navigator.userAgent);

/** Some of these the editors have too, but not on every keyboard layout, or only one of them. */
const KEYS: Readonly<Partial<Record<EditorAction, string>>> = {
  undo: "Mod+Z",
  redo: isMac ? "Mod+Shift+Z" : "Mod+Y",
  cut: "Mod+X",
  copy: "Mod+C",
  select_all: "Mod+A",
  find: "Mod+F",
  replace: isMac ? "Mod+Alt+F" : "Mod+H",
  comment: "Mod+/",
  duplicate_line: linux ? "Control+Alt+Shift+ArrowDown" : "Alt+Shift+ArrowDown",
  indent: "Mod+]",
  outdent: "Mod+[",
  suggest: "Control+ ",
  describe: altKeys("I"),
  signature: "Mod+Shift+ ",
};

/** For these, the editors and the browser know every layout. */
const OF_EDITORS: ReadonlySet<EditorAction> = new Set([
  "undo",
  "cut",
  "copy",
  "select_all",
  "find",
  "suggest",
  "signature",
]);

const ACTIONS: readonly EditorAction[] = [
  "undo",
  "redo",
  "cut",
  "copy",
  "select_all",
  "find",
  "replace",
  "comment",
  "duplicate_line",
  "indent",
  "outdent",
  "fold_all",
  "unfold_all",
  "suggest",
  "describe",
  "signature",
];

/** What the editor can do, for the command list, buttons and the context menu. */
export function editorCommands(editor: EditorHost): Command[] {
  const actions = ACTIONS.map((action): Command => {
    const keys = KEYS[action];
    return {
      id: action,
      name: `command.${action}` satisfies TextKey,
      ...(keys && { keys, keysOnlyShown: OF_EDITORS.has(action), insideEditor: true }),
      enabled: () => editor.can(action),
      run: () => editor.run(action),
    };
  });
  return [
    ...actions,
    {
      id: "paste",
      name: "command.paste",
      keys: "Mod+V",
      keysOnlyShown: true,
      run: () => void pasteInto(editor, "Mod+V"),
    },
    {
      id: "go_to_line",
      name: "command.go_to_line",
      keys: "Control+G",
      outsideTerminal: true,
      run: () => openGoToLine(editor),
    },
    {
      id: "definition",
      name: "command.definition",
      keys: "F12",
      keysOnlyShown: true,
      run: () => void editor.showDefinition(),
    },
  ];
}
