import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Timer } from "../../../common/base/timer";
import { COLOURS, colourOf, coloursOf } from "../../../common/rooms/colours";
import { markedName } from "../../../common/rooms/person_name";
import type { CursorMoved, MoveCursor, Person } from "../../../protocol.gen";

const SEND_MS = 100;

interface Cursor {
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

export interface Peer {
  readonly page: string;
  readonly name: string;
  readonly colour: number;
  readonly file: string;
  readonly cursor: Cursor;
}

/**
 * Where the others' cursors are, as editors know it. Names come from the server; pages say only where
 * they are.
 */
export class Peers {
  readonly awareness: Awareness;
  readonly #send: (message: MoveCursor) => void;
  readonly #timer: Timer;
  readonly #people = new Map<string, Person>();
  #colours: ReadonlyMap<string, number> = new Map();
  readonly #cursors = new Map<string, Peer>();
  readonly #ids = new Map<string, number>();
  #file = "";
  #waits = false;
  #sent = "";
  /** Called when a peer's cursor has moved. */
  moved: (peer: Peer) => void = () => undefined;

  constructor(doc: Y.Doc, timer: Timer, send: (message: MoveCursor) => void) {
    this.awareness = new Awareness(doc);
    this.#send = send;
    this.#timer = timer;
    this.awareness.on("change", (_: unknown, origin: unknown) => {
      if (origin !== this) this.#sendLater();
    });
  }

  dispose(): void {
    this.awareness.destroy();
  }

  /** The file in which the user's cursor is. */
  setFile(key: string): void {
    this.#file = key;
  }

  setPeople(people: readonly Person[]): void {
    this.#people.clear();
    for (const person of people) this.#people.set(person.page, person);
    this.#colours = coloursOf(people.map(({ user }) => user));
    for (const { page, file, cursor } of [...this.#cursors.values()]) {
      const person = this.#people.get(page);
      if (person)
        this.#put(person, file, cursor); // the colour may be another one
      else this.#remove(page);
    }
    this.#sent = ""; // who has come knows nothing yet
    this.#sendLater();
  }

  peer(page: string): Peer | null {
    return this.#cursors.get(page) ?? null;
  }

  get all(): readonly Peer[] {
    return [...this.#cursors.values()];
  }

  move({ page, file, anchor, head }: CursorMoved): void {
    const person = this.#people.get(page);
    const cursor = person && cursorOf(anchor, head);
    if (!person || !cursor) {
      this.#remove(page);
      return;
    }
    this.moved(this.#put(person, file, cursor));
  }

  #put(person: Person, file: string, cursor: Cursor): Peer {
    const { page } = person;
    const name = markedName(person.user, person.name);
    const colour = this.#colours.get(person.user) ?? colourOf(person.user);
    const peer = { page, name, colour, file, cursor };
    this.#cursors.set(page, peer);
    const user = { name, color: COLOURS[colour], colorLight: `${COLOURS[colour]}40` };
    this.awareness.states.set(this.#id(page), { user, cursor });
    this.#changed([this.#id(page)], []);
    return peer;
  }

  #remove(page: string): void {
    if (!this.#cursors.delete(page)) return;
    this.awareness.states.delete(this.#id(page));
    this.#changed([], [this.#id(page)]);
  }

  #changed(updated: number[], removed: number[]): void {
    this.awareness.emit("change", [{ added: [], updated, removed }, this]);
  }

  /** Negative: no client of the document has such a number. */
  #id(page: string): number {
    const known = this.#ids.get(page) ?? -1 - this.#ids.size;
    this.#ids.set(page, known);
    return known;
  }

  #sendLater(): void {
    if (this.#waits) return;
    this.#waits = true;
    this.#timer.set(() => {
      this.#waits = false;
      this.#sendNow();
    }, SEND_MS);
  }

  #sendNow(): void {
    const cursor = this.awareness.getLocalState()?.cursor as Cursor | null | undefined;
    const [anchor, head] = cursor
      ? [JSON.stringify(cursor.anchor), JSON.stringify(cursor.head)]
      : ["", ""];
    const place = `${this.#file} ${anchor} ${head}`;
    if (place === this.#sent) return;
    this.#sent = place;
    this.#send({ type: "cursor", file: this.#file, anchor, head });
  }
}

/** Null: nowhere, or what no page of ours says. */
function cursorOf(anchor: string, head: string): Cursor | null {
  try {
    return {
      anchor: Y.createRelativePositionFromJSON(JSON.parse(anchor)),
      head: Y.createRelativePositionFromJSON(JSON.parse(head)),
    };
  } catch {
    return null;
  }
}
