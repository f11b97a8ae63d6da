import { typedBetween } from "../common/run/key_sequences";

/** Stands before the cursor: a backspace in an empty field would change nothing, and tell nobody. */
const STOP = " ";
const LONGEST = 200;
const UNKNOWN_KEY = 229;

/**
 * Takes the input of on-screen keyboards out of xterm.js's hands, which doubles letters on Android:
 * reads the field's text before and after each change. Keys that have a name go on to xterm.js.
 */
export class TouchInput {
  readonly #field: HTMLTextAreaElement;
  readonly #typed: (text: string) => void;
  #before = "";
  #composing = false;
  /** A key with a name is down: xterm.js types it, and what it changes in the field is no news. */
  #named = false;

  constructor(field: HTMLTextAreaElement, typed: (text: string) => void) {
    this.#field = field;
    this.#typed = typed;
    field.autocapitalize = "off";
    field.setAttribute("autocorrect", "off");
    const parent = field.parentElement;
    if (!parent) throw new Error("the field is on no page");
    // On the way down, before xterm.js's own listeners see them.
    const take = (type: string, listener: (event: Event) => void) =>
      parent.addEventListener(type, listener, { capture: true });
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
    field.addEventListener("focus", () => this.#restart());
  }

  #compose(event: Event, composing: boolean): void {
    event.stopPropagation();
    this.#composing = composing;
    if (!composing) this.#tidy();
  }

  #input(event: InputEvent): void {
    event.stopPropagation();
    // xterm.js has taken the paste itself.
    if (this.#named || event.inputType === "insertFromPaste") this.#restart();
    else {
      const typed = typedBetween(this.#before, this.#field.value);
      this.#before = this.#field.value;
      if (typed) this.#typed(typed);
      this.#tidy();
    }
  }

  /** In the middle of a word the keyboard would lose its place. */
  #tidy(): void {
    const { value } = this.#field;
    const ended = value.endsWith("\n") || value.length > LONGEST;
    if (!this.#composing && (ended || value === "")) this.#restart();
  }

  #restart(): void {
    this.#field.value = STOP;
    this.#before = STOP;
  }
}
