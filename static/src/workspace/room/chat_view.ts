import { markedName } from "../../common/rooms/person_name";
import { rt } from "../../common/rooms/room_text";
import { LINE_CHARACTERS, type LineSaid } from "../../protocol.gen";
import { make } from "../chrome/widgets/dom";

const LINES_SHOWN = 200;

/** The chat beside the code: plain text, the last lines. */
export class ChatView {
  readonly #list: HTMLElement;
  readonly #known = new Map<number, HTMLElement>();
  readonly #colourOf: (user: string) => number;

  constructor(
    list: HTMLElement,
    form: HTMLFormElement,
    say: (text: string) => boolean,
    colour: (user: string) => number,
  ) {
    this.#list = list;
    this.#colourOf = colour;
    const field = form.querySelector("input");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field?.value.trim().slice(0, LINE_CHARACTERS) ?? "";
      if (field && text && say(text)) field.value = "";
    });
  }

  /** Whether it is one more. */
  add({ id, user, name, text, at }: LineSaid): boolean {
    if (this.#known.has(id)) return false;
    const who = rt("chat.line", { name: markedName(user, name), time: timeOf(at) });
    const line = make(
      "li",
      {},
      make("span", { class: this.#classOf(user), "data-user": user }, who),
      make("bdi", {}, text),
    );
    this.#known.set(id, line);
    this.#list.append(line);
    this.#list.scrollTop = this.#list.scrollHeight;
    const [oldest] = this.#known;
    if (oldest && this.#known.size > LINES_SHOWN) {
      oldest[1].remove();
      this.#known.delete(oldest[0]);
    }
    return true;
  }

  /** Other people are here: some have other colours. */
  recolour(): void {
    for (const who of this.#list.querySelectorAll<HTMLElement>(".room-who")) {
      who.className = this.#classOf(who.dataset.user ?? "");
    }
  }

  #classOf(user: string): string {
    return `room-who room-colour-${this.#colourOf(user)}`;
  }
}

function timeOf(at: number): string {
  return new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
