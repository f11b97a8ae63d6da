import { type TextKey, t } from "../../common/i18n/translate";

/** A command: run by its button, its keys, or the palette. */
export interface Command {
  readonly id: string;
  readonly name: TextKey;
  /** As `Mod+Shift+Enter`; Mod is Ctrl, or Cmd on a Mac. */
  readonly keys?: string;
  /** Not while the terminal has the focus: there the keys are input for the program. */
  readonly outsideTerminal?: boolean;
  readonly enabled?: () => boolean;
  run(): void;
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const MAC: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Shift: "⇧",
  Alt: "⌥",
  Enter: "↵",
  Backspace: "⌫",
};

/** The keys as this operating system names them. */
export function keyWords(keys: string): string {
  const words: Readonly<Record<string, string>> = isMac
    ? MAC
    : { Mod: t("key.mod"), Shift: t("key.shift") };
  return keys
    .split("+")
    .map((key) => words[key] ?? key)
    .join(isMac ? "" : "+");
}

function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const mod = event.ctrlKey || event.metaKey;
  return [mod && "Mod", event.altKey && "Alt", event.shiftKey && "Shift", key]
    .filter(Boolean)
    .join("+");
}

/** Handles the keys before the editor and the terminal do. */
export function listenForKeys(commands: readonly Command[], terminal: HTMLElement): void {
  const byKeys = new Map(commands.flatMap((one) => (one.keys ? [[one.keys, one]] : [])));
  window.addEventListener(
    "keydown",
    (event) => {
      const command = byKeys.get(pressed(event));
      if (!command || document.querySelector("dialog[open]")) return;
      const inTerminal = event.target instanceof Node && terminal.contains(event.target);
      if (command.outsideTerminal && inTerminal) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat && (command.enabled?.() ?? true)) command.run();
    },
    { capture: true },
  );
}

/** Connects the buttons with `data-command`; their tooltips show the keys. */
export function bindButtons(commands: readonly Command[]): void {
  for (const command of commands) {
    const buttons = document.querySelectorAll<HTMLElement>(`[data-command="${command.id}"]`);
    for (const button of buttons) {
      const name = t(command.name);
      button.title = command.keys ? `${name} (${keyWords(command.keys)})` : name;
      if (!button.textContent?.trim()) button.setAttribute("aria-label", name);
      if (command.keys) button.setAttribute("aria-keyshortcuts", ariaKeys(command.keys));
      button.addEventListener("click", () => command.run());
    }
  }
}

function ariaKeys(keys: string): string {
  return keys.replace("Mod", isMac ? "Meta" : "Control");
}
