import { colourOf, coloursOf } from "../../common/rooms/colours";
import { markedName, personName } from "../../common/rooms/person_name";
import { rt } from "../../common/rooms/room_text";
import type { Person } from "../../protocol.gen";
import { make } from "../chrome/widgets/dom";
import { redraw } from "./room_page";

/** Who is here, each with the colour of the cursor. A press follows somebody. */
export class PeopleView {
  readonly #list: HTMLElement;
  #people: readonly Person[] = [];
  #own = "";
  #colours: ReadonlyMap<string, number> = new Map();
  /** The page that is followed; empty: none. */
  followed = "";
  /** Called when the user chooses whom to follow. */
  chosen: () => void = () => undefined;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  show(people: readonly Person[], own: string): void {
    this.#people = people;
    this.#own = own;
    this.#colours = coloursOf(people.map(({ user }) => user));
    if (!people.some(({ page }) => page === this.followed)) this.followed = "";
    this.#draw();
  }

  nameOf(user: string): string {
    const here = this.#people.find((one) => one.user === user);
    return here ? markedName(user, here.name) : user;
  }

  colourOf(user: string): number {
    return this.#colours.get(user) ?? colourOf(user);
  }

  stopFollowing(): void {
    if (!this.followed) return;
    this.followed = "";
    this.#draw();
  }

  #draw(): void {
    redraw(
      this.#list,
      this.#people.map((person) => this.#item(person)),
    );
  }

  #item(person: Person): HTMLElement {
    const { page, user } = person;
    const name = personName(person);
    const colour = `room-person room-colour-${this.colourOf(user)}`;
    if (page === this.#own) {
      const you = rt("person.you", { name });
      return make("li", {}, make("span", { class: colour, "data-user": user }, you));
    }
    const pressed = this.followed === page;
    const label = rt(pressed ? "person.unfollow" : "person.follow", { name: person.name });
    const made = make(
      "button",
      {
        type: "button",
        class: colour,
        "aria-pressed": String(pressed),
        title: label,
        "data-user": user,
        "data-key": page,
      },
      make("bdi", {}, name),
    );
    made.addEventListener("click", () => {
      this.followed = pressed ? "" : page;
      this.#draw();
      this.chosen();
    });
    return make("li", {}, made);
  }
}
