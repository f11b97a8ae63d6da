import "../../styles/error_card.css";
import { labelOf, type Words } from "../../common/errors/texts";
import type { Texts } from "../../common/errors/texts/keys";
import type { Raised } from "../../common/errors/traceback";
import { byId, iconButton, make } from "../chrome/widgets/dom";

/** What the card says. All of it may come out of a program: it is shown as text. */
export interface CardContent {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly words: Words | null;
  readonly before: Raised | null;
}

export interface CardUser {
  /** A line of a file is to be shown. */
  go(path: string, line: number): void;
  turnOff(): void;
  /** The card, which had the focus, is gone. */
  left(): void;
}

/** The explanation of an error, between the terminal and the status line. */
export class ErrorCard {
  readonly #card = make("section", {
    class: "error-card",
    "data-testid": "error-card",
    "aria-labelledby": "error-card-title",
    tabindex: "-1",
  });
  readonly #texts: Texts;
  readonly #user: CardUser;

  constructor(texts: Texts, user: CardUser) {
    this.#texts = texts;
    this.#user = user;
    this.#card.hidden = true;
    this.#card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.hide();
    });
    byId("terminal-frame").after(this.#card);
  }

  show(content: CardContent): void {
    const { words, before } = content;
    this.#card.replaceChildren(
      this.#head(content),
      ...(words ? [withCode(words.means), withCode(words.look)] : []),
      ...(before ? [this.#before(before)] : []),
      this.#actions(content),
    );
    this.#card.hidden = false;
    this.#card.scrollTop = 0;
  }

  hide(): void {
    const focused = this.#card.contains(document.activeElement);
    this.#card.hidden = true;
    if (focused) this.#user.left();
  }

  focus(): void {
    this.#card.focus();
  }

  #head({ name, path, line }: CardContent): HTMLElement {
    const close = iconButton("close", this.#label("card.close"));
    close.addEventListener("click", () => this.hide());
    const place = this.#label("card.title", { path, line });
    const title = make("h3", { id: "error-card-title" }, make("strong", {}, name), ` ${place}`);
    return make("header", {}, title, close);
  }

  #before({ name }: Raised): HTMLElement {
    return withCode(this.#label("chain.before", { name }).replace("\n", " "));
  }

  #actions({ path, line, words }: CardContent): HTMLElement {
    const target = words?.line ?? line;
    const go = button("button", this.#label("card.go", { line: target }));
    go.addEventListener("click", () => this.#user.go(path, target));
    const off = button("button quiet", this.#label("card.off"));
    off.addEventListener("click", () => {
      this.hide();
      this.#user.turnOff();
    });
    return make("div", { class: "actions" }, go, off);
  }

  #label(
    ...[text, values]: [Parameters<typeof labelOf>[1], Parameters<typeof labelOf>[2]?]
  ): string {
    return labelOf(this.#texts, text, values);
  }
}

function button(kind: string, words: string): HTMLButtonElement {
  return make("button", { type: "button", class: kind }, words);
}

/** Shows what stands between two backticks as code. */
function withCode(text: string): HTMLElement {
  const parts = text.split("`");
  return make("p", {}, ...parts.map((part, at) => (at % 2 === 1 ? make("code", {}, part) : part)));
}
