import { Fit, fitOf, keyName } from "../../common/base/shortcut";
import { type TextKey, t } from "../../common/i18n/translate";
import { isMac, isWindows } from "../../terminal/keys/platform";
import { Keyboard } from "./keyboard";

/** A command: run by its button, its keys, or the palette. */
export interface Command {
  readonly id: string;
  readonly name: TextKey;
  /** As `Mod+Shift+Enter`; Mod is Ctrl, or Cmd on a Mac, where Control is another key. */
  readonly keys?: string;
  /** Others that do the same, and are not shown. */
  readonly otherKeys?: readonly string[];
  /** The editor or the terminal handles the keys itself: here they are only shown. */
  readonly keysOnlyShown?: boolean;
  /** Not while the terminal has the focus: there the keys are input for the program. */
  readonly outsideTerminal?: boolean;
  /** Only while the terminal has the focus: elsewhere the keys are the browser's. */
  readonly insideTerminal?: boolean;
  /** Only while the text of the editor has the focus. */
  readonly insideEditor?: boolean;
  /** While it is not enabled, its keys do what they do in the browser. */
  readonly browserKeys?: boolean;
  readonly enabled?: () => boolean;
  run(): void;
}

const keyboard = new Keyboard();

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

/** The keys of a shortcut; null if the user's keyboard lacks one of them. */
export function keyWords(keys: string): string | null {
  const named = namedKeys(keys);
  return named && wordsOf(named);
}

/** Names of keys, as this operating system writes them. */
export function wordsOf(keys: readonly string[]): string {
  const words: Readonly<Record<string, string>> = isMac
    ? MAC
    : { Mod: t("key.mod"), Control: t("key.mod"), Shift: t("key.shift") };
  return keys
    .map((key) => words[key] ?? ANYWHERE[key] ?? (key === " " ? t("key.space") : key))
    .join(isMac ? "" : "+");
}

/** `Mod+[` is `["Mod", "Ü"]` on a German keyboard. */
function namedKeys(keys: string): readonly string[] | null {
  const parts = keys.split(/\+(?=.)/);
  const name = keyName(parts.pop() ?? "", keyboard.layout);
  return name === null ? null : [...parts, name];
}

/** On Macs, Option types characters: `~` and `π` with N and P. */
export function altKeys(letter: string): string {
  return isMac ? `Mod+Alt+${letter}` : `Alt+${letter}`;
}

/** On Windows, Ctrl and Alt together are AltGr, which types another character on some layouts. */
export function textSizeKeys(sign: "+" | "-"): Pick<Command, "keys" | "otherKeys"> {
  const keys = `Mod+Alt+${sign}`;
  return isWindows ? { keys: `Alt+${sign}`, otherKeys: [keys] } : { keys };
}

export function isEnabled(command: Command): boolean {
  return command.enabled?.() ?? true;
}

/** Where the focus is. */
export interface Focus {
  readonly terminal: HTMLElement;
  inEditor(): boolean;
  /** Keys that are pressed in the terminal are a program's, which has not ended. */
  inProgram(): boolean;
}

/** Handles the keys before the editor and the terminal do. */
export function listenForKeys(commands: readonly Command[], focus: Focus): void {
  keyboard.follow();
  window.addEventListener(
    "keydown",
    (event) => {
      if (isPlain(event)) return;
      const here = commands.filter((command) => isHere(command, event, focus));
      const same = best(here, event);
      const command = same.find(isEnabled) ?? same[0];
      if (!command || document.querySelector("dialog[open]")) return;
      if (command.browserKeys && !isEnabled(command)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat && isEnabled(command)) command.run();
    },
    { capture: true },
  );
}

/** Whether a key only types a character. */
function isPlain({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return key.length === 1 && !ctrlKey && !altKey && !metaKey;
}

/** Whether a command has its keys where the focus is. */
function isHere(command: Command, event: KeyboardEvent, focus: Focus): boolean {
  if (command.insideEditor && !focus.inEditor()) return false;
  const inTerminal = event.target instanceof Node && focus.terminal.contains(event.target);
  if (!inTerminal) return !command.insideTerminal;
  // There, Option types characters, and no program receives ⌘.
  const typed = event.key.length === 1 || event.key === "Dead";
  // Alt and a letter move and edit in shells: Alt+B goes back by a word.
  const letter = /^\p{L}$/u.test(event.key);
  const meta = !isMac && event.altKey && !event.ctrlKey && letter && focus.inProgram();
  const forProgram = command.outsideTerminal || meta || (isMac && event.altKey && typed);
  return !forProgram || (isMac && event.metaKey);
}

/** The commands that the pressed keys fit best. */
function best(commands: readonly Command[], event: KeyboardEvent): Command[] {
  const fits = commands.map((command) => {
    const all = [...(command.keysOnlyShown ? [] : [command.keys]), ...(command.otherKeys ?? [])];
    const found = all.map((keys) => (keys ? fitOf(keys, event, keyboard.layout, isMac) : Fit.NONE));
    return Math.max(Fit.NONE, ...found);
  });
  const most = Math.max(...fits);
  return most === Fit.NONE ? [] : commands.filter((_, index) => fits[index] === most);
}

/** Connects the buttons with `data-command`; their tooltips show the keys. */
export function bindButtons(commands: readonly Command[]): void {
  for (const command of commands) {
    for (const button of buttonsOf(command)) {
      button.addEventListener("click", () => command.run());
      // What it does to the code can be undone by a key at once, as after the command's own keys.
      if ("keepsFocus" in button.dataset) {
        button.addEventListener("mousedown", (event) => event.preventDefault());
      }
    }
  }
  const name = () => {
    for (const command of commands) {
      for (const button of buttonsOf(command)) nameButton(button, command);
    }
  };
  keyboard.onDidChange(name);
  name();
}

function buttonsOf({ id }: Command): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(`[data-command="${id}"]`);
}

function nameButton(button: HTMLElement, command: Command): void {
  const name = t(command.name);
  const words = command.keys && keyWords(command.keys);
  button.title = words ? `${name} (${words})` : name;
  if (!button.textContent?.trim()) button.setAttribute("aria-label", name);
  if (command.keys && words) button.setAttribute("aria-keyshortcuts", ariaKeys(command.keys));
  else button.removeAttribute("aria-keyshortcuts");
}

function ariaKeys(keys: string): string {
  const mod = isMac ? "Meta" : "Control";
  return (namedKeys(keys) ?? []).map((key) => (key === "Mod" ? mod : key)).join("+");
}
