import { markedName } from "../../common/rooms/person_name";
import { rt } from "../../common/rooms/room_text";
import { LINE_CHARACTERS, type LineSaid } from "../../protocol.gen";
import { make } from "../chrome/widgets/dom";

const LINES_SHOWN = 200;
/** So near the end of the lines, somebody reads the newest ones. */
const NEAR_PX = 24;

export interface ChatHost {
  readonly user: string;
  /** False without a connection. */
  say(text: string): boolean;
  /** Perhaps nobody has got it. It stands in the field, if nothing else does. */
  unsaid(text: string): void;
  colourOf(user: string): number;
}

/** The chat beside the code: plain text, the last lines. */
export class ChatView {
  readonly #list: HTMLElement;
  readonly #field: HTMLInputElement | null;
  readonly #known = new Map<number, HTMLElement>();
  readonly #host: ChatHost;
  /** What the user has said, and the server has not told: the oldest first. */
  #unheard: string[] = [];
  /** The newest lines are seen; who has gone back to older ones stays there. */
  #atEnd = true;

  constructor(list: HTMLElement, form: HTMLFormElement, host: ChatHost) {
    this.#list = list;
    this.#host = host;
    this.#field = form.querySelector("input");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say();
    });
    list.addEventListener("scroll", () => {
      const below = list.scrollHeight - list.clientHeight - list.scrollTop;
      this.#atEnd = below < NEAR_PX;
    });
  }

  #say(): void {
    const field = this.#field;
    const text = field?.value.trim().slice(0, LINE_CHARACTERS) ?? "";
    if (!field || !text) return;
    if (!this.#host.say(text)) {
      this.#host.unsaid(text);
      return;
    }
    field.value = "";
    this.#unheard.push(text);
    this.#atEnd = true;
  }

  /** By the server, which has said why. */
  refused(): void {
    const text = this.#unheard.pop();
    if (this.#field && text && !this.#field.value) this.#field.value = text;
  }

  /** The connection is lost, and perhaps what was said last with it: it can be sent again. */
  disconnected(): void {
    const unheard = this.#unheard.splice(0).join(" ").slice(0, LINE_CHARACTERS);
    if (!unheard) return;
    if (this.#field && !this.#field.value) this.#field.value = unheard;
    this.#host.unsaid(unheard);
  }

  /** The server has heard it, perhaps before the connection was lost. */
  #hear(text: string): void {
    const place = this.#unheard.indexOf(text);
    if (place >= 0) this.#unheard.splice(place, 1);
    else if (this.#field?.value === text) this.#field.value = "";
  }

  /** Whether it is one more. */
  add({ id, user, name, text, at }: LineSaid): boolean {
    if (this.#known.has(id)) return false;
    if (user === this.#host.user) this.#hear(text);
    const who = rt("chat.line", { name: markedName(user, name), time: timeOf(at) });
    const line = make(
      "li",
      {},
      make("span", { class: this.#classOf(user), "data-user": user }, who),
      make("bdi", {}, text),
    );
    this.#known.set(id, line);
    this.#list.append(line);
    if (this.#atEnd) this.#list.scrollTop = this.#list.scrollHeight;
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
    return `room-who room-colour-${this.#host.colourOf(user)}`;
  }
}

function timeOf(at: number): string {
  return new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
