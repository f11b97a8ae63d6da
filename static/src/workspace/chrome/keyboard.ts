import { Emitter } from "../../common/base/emitter";
import { KeyboardLayout } from "../../common/base/keyboard_layout";

/** Only Chromium has it, and only over HTTPS. */
interface KeyboardOfBrowser {
  getLayoutMap(): Promise<Iterable<readonly [string, string]>>;
}

/** The layout of the user's keyboard: as the browser tells it, or as keys show it. */
export class Keyboard {
  readonly layout = new KeyboardLayout();
  readonly #didChange = new Emitter();
  readonly onDidChange = this.#didChange.event;

  follow(): void {
    window.addEventListener("keydown", (event) => this.#note(this.layout.learn(event)), {
      capture: true,
    });
    // The user may have changed the layout in another window.
    window.addEventListener("focus", () => void this.#ask());
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { keyboard } = navigator as { readonly keyboard?: Partial<KeyboardOfBrowser> };
    // In a frame of another site it is refused.
    const layout = await keyboard?.getLayoutMap?.().catch(() => null);
    if (layout) this.#note(this.layout.replace(layout));
  }

  #note(news: boolean): void {
    if (news) this.#didChange.fire();
  }
}
