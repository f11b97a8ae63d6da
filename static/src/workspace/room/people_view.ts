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
  /** What users are called, also those who have left. */
  readonly #names = new Map<string, string>();
  /** The page that is followed; empty: none. */
  followed = "";
  /** Who has that page, or had it: it may be another one in a moment. */
  #followedUser = "";
  /** Called when the user chooses whom to follow. */
  chosen: () => void = () => undefined;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  show(people: readonly Person[], own: string): void {
    this.#people = people;
    this.#own = own;
    this.#colours = coloursOf(people.map(({ user }) => user));
    for (const person of people) this.note(person);
    if (!people.some(({ page }) => page === this.followed)) this.#followAgain();
    this.#draw();
  }

  /** Whoever loads the page anew, or comes back after a gap in the connection, has another page. */
  #followAgain(): void {
    const again = this.#people.find(
      ({ user, page }) => user === this.#followedUser && page !== this.#own,
    );
    this.followed = again?.page ?? "";
  }

  note({ user, name }: Pick<Person, "user" | "name">): void {
    if (user && name) this.#names.set(user, name);
  }

  nameOf(user: string): string {
    return markedName(user, this.#names.get(user) ?? user);
  }

  colourOf(user: string): number {
    return this.#colours.get(user) ?? colourOf(user);
  }

  stopFollowing(): void {
    this.#followedUser = "";
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
    const own = page === this.#own;
    const name = personName(person, own);
    const colour = `room-person room-colour-${this.colourOf(user)}`;
    if (own) {
      const shown = make("span", { class: colour, "data-user": user }, make("bdi", {}, name));
      return make("li", {}, shown);
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
      this.#followedUser = pressed ? "" : user;
      this.#draw();
      this.chosen();
    });
    return make("li", {}, made);
  }
}
