import { t } from "../../common/i18n/translate";
import type { EditorHost } from "../../editor/editor_host";
import type { TerminalView } from "../../terminal/terminal_view";
import type { Layout } from "../chrome/layout";
import { byId, make } from "../chrome/widgets/dom";
import type { RunPanel } from "./run_panel";

/** Keys that on-screen keyboards lack or hide: [text on the button, name of the key, label]. */
const KEYS = [
  ["Tab", "Tab", "key.tab"],
  ["Esc", "Escape", "key.escape"],
  ["Ctrl", "Control", "key.control"],
  ["←", "ArrowLeft", "key.left"],
  ["↓", "ArrowDown", "key.down"],
  ["↑", "ArrowUp", "key.up"],
  ["→", "ArrowRight", "key.right"],
] as const;
const SYMBOLS = [":", "(", ")", '"', "'", "=", "[", "]", "{", "}", "_", "#", "<", ">", "+", "*"];

export interface KeyRowClipboard {
  copy(): void;
  paste(): void;
}

const PANES = "[data-testid=terminal], [data-testid=editor]";

/** A row of keys above the on-screen keyboard; they go to the pane that is shown, or was used last. */
export class KeyRow {
  readonly #row = byId("key-row");
  readonly #editor: EditorHost;
  readonly #terminal: TerminalView;
  readonly #panel: RunPanel;
  readonly #layout: Layout;
  #control: HTMLButtonElement | null = null;
  /** On tablets, which show both panes. */
  #lastUsed: "terminal" | "code" = "code";

  constructor(
    editor: EditorHost,
    terminal: TerminalView,
    panel: RunPanel,
    layout: Layout,
    clipboard: KeyRowClipboard,
  ) {
    this.#editor = editor;
    this.#terminal = terminal;
    this.#panel = panel;
    this.#layout = layout;
    for (const [shown, key, label] of KEYS) {
      const button = this.#button(shown, t(label), () => this.#press(key));
      if (key === "Control") this.#control = button;
    }
    this.#ofTerminal(t("command.copy"), () => clipboard.copy());
    this.#ofTerminal(t("command.paste"), () => clipboard.paste());
    for (const symbol of SYMBOLS) this.#button(symbol, symbol, () => this.#insert(symbol));
    this.#showCtrl(false);
    panel.onDidChangeCtrl((held) => this.#showCtrl(held));
    document.addEventListener("focusin", ({ target }) => {
      const pane = target instanceof Element ? target.closest<HTMLElement>(PANES) : null;
      if (pane) this.#lastUsed = pane.dataset.testid === "terminal" ? "terminal" : "code";
    });
    // The field keeps the focus, so that the on-screen keyboard stays open.
    for (const type of ["pointerdown", "mousedown"]) {
      this.#row.addEventListener(type, (event) => event.preventDefault());
    }
  }

  get #inTerminal(): boolean {
    return (this.#layout.phone ? this.#layout.pane : this.#lastUsed) === "terminal";
  }

  /** Editors of touch screens have the browser's own menu. */
  #ofTerminal(label: string, pressed: () => void): void {
    this.#button(label, label, pressed).classList.add("of-terminal");
  }

  #showCtrl(held: boolean): void {
    this.#control?.setAttribute("aria-pressed", String(held));
  }

  #button(shown: string, label: string, pressed: () => void): HTMLButtonElement {
    const attributes = { type: "button", class: "key", "aria-label": label, tabindex: -1 };
    const button = make("button", attributes, shown);
    button.addEventListener("click", pressed);
    this.#row.append(button);
    return button;
  }

  #press(key: string): void {
    const held = this.#panel.ctrlHeld;
    if (key === "Control") this.#panel.holdCtrl(!held);
    else if (this.#inTerminal) {
      this.#panel.holdCtrl(false);
      this.#panel.type(this.#terminal.sequence(key, held));
      this.#terminal.focus();
    } else {
      this.#panel.holdCtrl(false);
      this.#editor.press(key, held);
      this.#editor.focus();
    }
  }

  #insert(symbol: string): void {
    if (this.#inTerminal) this.#panel.type(symbol);
    else this.#editor.insert(symbol);
  }
}
