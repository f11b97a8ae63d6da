import type { EditorHost } from "../../editor/editor_host";
import { altKeys, type Command } from "../chrome/commands";
import type { CodeHelpTargets } from "./targets";

/** What is loaded with the first command that needs it. */
const dialogs = () => import("./dialogs");

/** Commands that ask about the program. Those of `EditorAction` are in editing/editor_commands.ts. */
export function codeHelpCommands(targets: CodeHelpTargets & { editor: EditorHost }): Command[] {
  const insideEditor = true;
  return [
    {
      id: "references",
      name: "command.references",
      keys: "Shift+F12",
      insideEditor,
      run: () => void dialogs().then(({ openReferences }) => openReferences(targets)),
    },
    {
      id: "rename_symbol",
      name: "command.rename_symbol",
      keys: "F2",
      insideEditor,
      run: () => void dialogs().then(({ openRename }) => openRename(targets)),
    },
    {
      id: "outline",
      name: "command.outline",
      keys: altKeys("O"),
      run: () => void dialogs().then(({ openOutline }) => openOutline(targets)),
    },
    {
      id: "go_back",
      name: "command.go_back",
      keys: altKeys("B"),
      run: () => void targets.editor.goBack(),
    },
    {
      id: "check_types",
      name: "command.check_types",
      run: () => void dialogs().then(({ checkTypes }) => checkTypes(targets)),
    },
  ];
}
