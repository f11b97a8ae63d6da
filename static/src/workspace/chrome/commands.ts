import { type TextKey, t } from "../../common/i18n/translate";

/** A command: run by its button, its keys, or the palette. */
export interface Command {
  readonly id: string;
  readonly name: TextKey;
  /** As `Mod+Shift+Enter`; Mod is Ctrl, or Cmd on a Mac, where Control is another key. */
  readonly keys?: string;
  /** The editor or the terminal handles the keys itself: here they are only shown. */
  readonly keysOnlyShown?: boolean;
  /** Not while the terminal has the focus: there the keys are input for the program. */
  readonly outsideTerminal?: boolean;
  /** Only while the terminal has the focus: elsewhere the keys are the browser's. */
  readonly insideTerminal?: boolean;
  readonly enabled?: () => boolean;
  run(): void;
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const MAC: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Control: "⌃",
  Meta: "⌘",
  Shift: "⇧",
  Alt: "⌥",
  Enter: "↵",
  Backspace: "⌫",
};
const ANYWHERE: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowRight: "→",
  Escape: "Esc",
};

/** The keys as this operating system names them. */
export function keyWords(keys: string): string {
  const words: Readonly<Record<string, string>> = isMac
    ? MAC
    : { Mod: t("key.mod"), Control: t("key.mod"), Shift: t("key.shift") };
  return keys
    .split("+")
    .map((key) => words[key] ?? ANYWHERE[key] ?? (key === " " ? t("key.space") : key))
    .join(isMac ? "" : "+");
}

export function isEnabled(command: Command): boolean {
  return command.enabled?.() ?? true;
}

/** The names of what was pressed. */
function pressed(event: KeyboardEvent): string[] {
  const wanted = event.altKey ? keyWithAlt(event) : event.key;
  const key = wanted.length === 1 ? wanted.toUpperCase() : wanted;
  const after = [event.altKey && "Alt", event.shiftKey && "Shift", key].filter(Boolean);
  const before = [event.ctrlKey && "Control", (event.ctrlKey || event.metaKey) && "Mod"];
  const names = before.filter(Boolean).map((mod) => [mod, ...after].join("+"));
  return names.length > 0 ? names : [after.join("+")];
}

/** On a Mac, Option with a letter types another character: there the place of the key counts. */
function keyWithAlt({ key, code }: KeyboardEvent): string {
  return isMac && /^Key[A-Z]$/.test(code) ? code.slice(3) : key;
}

/** Handles the keys before the editor and the terminal do. */
export function listenForKeys(commands: readonly Command[], terminal: HTMLElement): void {
  const handled = commands.filter(({ keysOnlyShown }) => !keysOnlyShown);
  window.addEventListener(
    "keydown",
    (event) => {
      const keys = pressed(event);
      const inTerminal = event.target instanceof Node && terminal.contains(event.target);
      const same = handled
        .filter((one) => one.keys && keys.includes(one.keys))
        .filter((one) => !(inTerminal ? one.outsideTerminal : one.insideTerminal));
      const command = same.find(isEnabled) ?? same[0];
      if (!command || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat && isEnabled(command)) command.run();
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
