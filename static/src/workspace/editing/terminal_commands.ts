import type { TerminalView } from "../../terminal/terminal_view";
import { type Command, isMac } from "../chrome/commands";
import { copyOrSayKeys, pasteInto } from "./clipboard";

const COPY = isMac ? "Mod+C" : "Mod+Shift+C";
/** What browsers copy with in any case. */
const COPY_OF_BROWSER = isMac ? "Mod+C" : "Mod+Insert";
/** Ctrl+V belongs to programs in the terminal; with Shift, browsers paste. */
const PASTE = isMac ? "Mod+V" : "Mod+Shift+V";

/** The clipboard of the terminal. */
export function terminalCommands(terminal: TerminalView): Command[] {
  return [
    {
      id: "copy-output",
      name: "command.copy_output",
      keys: COPY,
      insideTerminal: true,
      keysOnlyShown: isMac,
      enabled: () => terminal.getSelection() !== "",
      run: () => void copyOrSayKeys(terminal.getSelection(), COPY_OF_BROWSER),
    },
    {
      id: "paste-input",
      name: "command.paste_input",
      keys: PASTE,
      keysOnlyShown: true,
      enabled: () => terminal.active,
      run: () => void pasteInto(terminal, PASTE),
    },
    { id: "select-output", name: "command.select_output", run: () => terminal.selectAll() },
  ];
}
