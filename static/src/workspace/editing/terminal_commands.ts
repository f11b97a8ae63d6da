import { t } from "../../common/i18n/translate";
import { isMac } from "../../terminal/keys/platform";
import type { BarAction } from "../../terminal/pointers/selection_bar";
import type { TerminalView } from "../../terminal/terminal_view";
import { type Command, keyWords } from "../chrome/commands";
import { toast } from "../chrome/widgets/toasts";
import { copyOrSayKeys, pasteInto, sayKeys } from "./clipboard";

/** Elsewhere, Ctrl+C copies too, if something is selected: the terminal handles that itself. */
const COPY = isMac ? "Mod+C" : "Mod+Shift+C";
/** What browsers copy with in any case. */
const COPY_OF_BROWSER = isMac ? "Mod+C" : "Mod+Insert";
const PASTE = "Mod+V";

/** The clipboard of the terminal. */
export function terminalCommands(terminal: TerminalView): Command[] {
  return [
    {
      id: "copy-output",
      name: "command.copy_output",
      keys: COPY,
      insideTerminal: true,
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
    {
      id: "copy-all-output",
      name: "command.copy_all_output",
      run: () => void copyAllOutput(terminal),
    },
  ];
}

async function copyAllOutput(terminal: TerminalView): Promise<void> {
  const text = terminal.text();
  if (text === "") toast(t("copy.nothing"));
  else if (await copyOrSayKeys(text, COPY_OF_BROWSER)) toast(t("copied"));
}

/** What a finger can do: with the text that is selected, or with all of it. */
export interface TouchClipboard {
  copy(): void;
  paste(): void;
}

export function touchClipboard(terminal: TerminalView): TouchClipboard {
  const copySelected = async () => {
    if (!(await copyOrSayKeys(terminal.getSelection(), COPY_OF_BROWSER))) return;
    terminal.clearSelection();
    toast(t("copied"));
  };
  return {
    copy: () => void (terminal.getSelection() ? copySelected() : copyAllOutput(terminal)),
    paste: () => void pasteInto(terminal, PASTE),
  };
}

/** The bar beside text that a finger has selected. */
export function touchActions(terminal: TerminalView): readonly BarAction[] {
  const { copy, paste } = touchClipboard(terminal);
  return [
    { label: t(terminal.getSelection() ? "command.copy" : "command.copy_all_output"), run: copy },
    { label: t("command.paste"), disabled: !terminal.active, run: paste },
    { label: t("command.select_all"), run: () => terminal.selectAll() },
  ];
}

/** Ctrl+C has copied in place of interrupting the program: who wanted that has to know. */
export function sayWhatIsCopied(terminal: TerminalView): void {
  terminal.keys.onDidCopyByInterrupt((copied) => {
    if (!copied) sayKeys(COPY_OF_BROWSER);
    else if (!terminal.active) toast(t("copied"));
    else toast(t("copied.interrupt", { keys: keyWords("Control+C") ?? "" }));
  });
}
