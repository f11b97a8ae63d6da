import { typedBetween } from "../../common/screen/key_sequences";

/** Text before the cursor: a backspace in an empty field would not cause an input event. */
const PLACEHOLDER = " ";
const LONGEST = 200;
const UNKNOWN_KEY = 229;

/**
 * Handles the input of on-screen keyboards in place of xterm.js, which doubles letters on Android:
 * compares the field's text before and after each change. Named keys are left to xterm.js.
 */
export class TouchInput {
  readonly #field: HTMLTextAreaElement;
  readonly #typed: (text: string) => void;
  #before = "";
  #composing = false;
  /** A named key is down: xterm.js handles it, and the change of the field is ignored. */
  #named = false;

  /** `used`: whether there is an on-screen keyboard now; otherwise xterm.js handles everything. */
  constructor(field: HTMLTextAreaElement, typed: (text: string) => void, used: () => boolean) {
    this.#field = field;
    this.#typed = typed;
    field.autocapitalize = "off";
    field.setAttribute("autocorrect", "off");
    const parent = field.parentElement;
    if (!parent) throw new Error("the field is on no page");
    // In the capture phase, before xterm.js's own listeners.
    const take = (type: string, listener: (event: Event) => void) =>
      parent.addEventListener(type, (event) => used() && listener(event), { capture: true });
    take("keydown", (event) => {
      const { isComposing, keyCode } = event as KeyboardEvent;
      this.#named = !isComposing && keyCode !== UNKNOWN_KEY;
      if (!this.#named) event.stopPropagation();
    });
    take("keyup", () => {
      this.#named = false;
    });
    take("compositionstart", (event) => this.#compose(event, true));
    take("compositionupdate", (event) => event.stopPropagation());
    take("compositionend", (event) => this.#compose(event, false));
    take("beforeinput", () => {
      this.#before = field.value;
    });
    take("input", (event) => this.#input(event as InputEvent));
    field.addEventListener("focus", () => used() && this.#restart());
  }

  #compose(event: Event, composing: boolean): void {
    event.stopPropagation();
    this.#composing = composing;
    if (!composing) this.#tidy();
  }

  #input(event: InputEvent): void {
    event.stopPropagation();
    // xterm.js has already handled the paste.
    if (this.#named || event.inputType === "insertFromPaste") this.#restart();
    else {
      const typed = typedBetween(this.#before, this.#field.value);
      this.#before = this.#field.value;
      if (typed) this.#typed(typed);
      this.#tidy();
    }
  }

  /** Resets the field, but not during composition, which the keyboard would lose. */
  #tidy(): void {
    const { value } = this.#field;
    const ended = value.endsWith("\n") || value.length > LONGEST;
    if (!this.#composing && (ended || value === "")) this.#restart();
  }

  #restart(): void {
    this.#field.value = PLACEHOLDER;
    this.#before = PLACEHOLDER;
  }
}
