import { rt } from "../../common/rooms/room_text";
import { LINE_CHARACTERS, type LineSaid } from "../../protocol.gen";
import { make } from "../chrome/widgets/dom";
import { colourOf } from "./shared_editing/peers";

const LINES_SHOWN = 200;

/** The chat beside the code: plain text, the last lines. */
export class ChatView {
  readonly #list: HTMLElement;
  readonly #known = new Map<number, HTMLElement>();

  constructor(list: HTMLElement, form: HTMLFormElement, say: (text: string) => boolean) {
    this.#list = list;
    const field = form.querySelector("input");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field?.value.trim().slice(0, LINE_CHARACTERS) ?? "";
      if (field && text && say(text)) field.value = "";
    });
  }

  add({ id, user, name, text, at }: LineSaid): void {
    if (this.#known.has(id)) return;
    const who = rt("chat.line", { name, time: timeOf(at) });
    const line = make(
      "li",
      {},
      make("span", { class: `room-who room-text-${colourOf(user)}` }, who),
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
  }
}

function timeOf(at: number): string {
  return new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
