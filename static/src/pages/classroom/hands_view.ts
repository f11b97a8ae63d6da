import { ct, lasting } from "../../common/classroom/class_text";
import { name, raisedHands } from "../../common/classroom/grid_order";
import { ANSWER_CHARACTERS, type Tile } from "../../protocol.gen";
import { button, make, say } from "./elements";

const CANNED = [
  "answer.coming",
  "answer.moment",
  "answer.message",
  "answer.line",
  "answer.print",
] as const;

/** Raised hands, the first one first, each with answers to choose from. */
export class HandsView {
  readonly #list: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #answer: (user: string, text: string) => void;
  readonly #items = new Map<string, { item: HTMLElement; text: HTMLElement; since: HTMLElement }>();

  constructor(list: HTMLElement, empty: HTMLElement, answer: (user: string, text: string) => void) {
    this.#list = list;
    this.#empty = empty;
    this.#answer = answer;
    say(empty, ct("hands.none"));
  }

  update(tiles: Iterable<Tile>, now: number): void {
    const hands = raisedHands(tiles);
    const raised = new Set(hands.map(({ user }) => user));
    for (const [user, { item }] of this.#items) {
      if (raised.has(user)) continue;
      item.remove();
      this.#items.delete(user);
    }
    this.#empty.hidden = hands.length > 0;
    this.#list.dataset.count = String(hands.length);
    let last: Element | null = null;
    for (const tile of hands) {
      const { item, text, since } = this.#items.get(tile.user) ?? this.#create(tile);
      say(text, tile.hand);
      say(since, lasting(now - tile.hand_at));
      const next: Element | null = last ? last.nextElementSibling : this.#list.firstElementChild;
      // An answer that is being written is not moved.
      if (next !== item && !item.contains(document.activeElement)) {
        this.#list.insertBefore(item, next);
      }
      last = item;
    }
  }

  #create(tile: Tile) {
    const student = name(tile);
    const [text, since] = [make("p", { class: "hand-text" }), make("span", { class: "dim" })];
    const choices = CANNED.map((key) => make("option", { value: ct(key) }));
    const list = make("datalist", { id: `answers-${tile.user}` }, ...choices);
    const field = make("input", {
      class: "field",
      maxlength: ANSWER_CHARACTERS,
      "aria-label": ct("hands.answer", { student }),
      placeholder: ct("hands.own"),
      list: list.id,
      autocomplete: "off",
    });
    const form = make("form", { class: "hand-form" }, field, list);
    const send = make("button", { type: "submit", class: "button" }, ct("hands.send"));
    form.append(send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) this.#answer(tile.user, field.value.trim());
    });
    const coming = button(
      ct("answer.coming"),
      () => this.#answer(tile.user, ct("answer.coming")),
      "primary",
    );
    const head = make("p", { class: "hand-head" }, make("bdi", {}, student), since);
    const item = make("li", { "data-hand-of": tile.user }, head, text, coming, form);
    this.#list.append(item);
    const made = { item, text, since };
    this.#items.set(tile.user, made);
    return made;
  }
}
