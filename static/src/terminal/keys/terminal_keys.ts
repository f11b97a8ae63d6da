import type { Terminal } from "@xterm/xterm";
import { Emitter } from "../../common/base/emitter";
import { copyText } from "../copy_text";
import type { GuardedTerminal } from "../guard/guarded_terminal";
import { type KeyUse, typesNothing, useOf } from "./key_use";
import { isMac } from "./platform";

/** What the keys do in the terminal. */
export class TerminalKeys {
  readonly #didCopyByInterrupt = new Emitter<boolean>();
  /** Ctrl+C was pressed while text was selected: whether it was copied. */
  readonly onDidCopyByInterrupt = this.#didCopyByInterrupt.event;
  readonly #guarded: GuardedTerminal;
  readonly #terminal: Terminal;
  readonly #active: () => boolean;
  #copying = false;

  /** `active`: whether a program receives what is typed. */
  constructor(guarded: GuardedTerminal, active: () => boolean) {
    this.#guarded = guarded;
    this.#terminal = guarded.terminal;
    this.#active = active;
    this.#terminal.attachCustomKeyEventHandler((event) => this.#takes(event));
  }

  /** Whether xterm.js handles a key; called for each event of it. */
  #takes(event: KeyboardEvent): boolean {
    const pressed = event.type === "keydown";
    if (pressed && !event.repeat) this.#copying = false;
    const use = this.#useOf(event);
    if (use === "terminal") {
      if (pressed && typesNothing(event, isMac)) this.#guarded.forgetDeadKey();
      return true;
    }
    if (use !== "browser") event.preventDefault();
    if (use === "copy" && pressed) void this.#copy();
    if (typeof use === "object" && pressed) this.#terminal.input(use.send);
    return false;
  }

  #useOf(event: KeyboardEvent): KeyUse {
    // Ctrl+C that is held down has copied, and shall not interrupt the program then.
    if (this.#copying) return "nobody";
    const selected = () => this.#terminal.hasSelection() && this.#terminal.getSelection() !== "";
    return useOf(event, { active: this.#active(), mac: isMac, selected });
  }

  async #copy(): Promise<void> {
    this.#copying = true;
    const copied = await copyText(this.#terminal.getSelection());
    if (copied) this.#terminal.clearSelection();
    this.#didCopyByInterrupt.fire(copied);
  }
}
