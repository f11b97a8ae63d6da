import { expect, it } from "vitest";
import * as Y from "yjs";
import type { PastUpdate } from "../../common/rooms/past_codec";
import { Written } from "./written";

/** A room's document, whose updates are kept. */
class Room {
  readonly updates: PastUpdate[] = [];
  doc = new Y.Doc();
  epoch = 0;

  begin(text: string): void {
    this.doc = new Y.Doc();
    this.epoch += 1;
    this.#listen("");
    this.doc.transact(() => {
      const file = new Y.Map<unknown>();
      this.doc.getMap("files").set("f0", file);
      file.set("path", "main.py");
      file.set("order", 0);
      file.set("text", new Y.Text(text));
    });
  }

  insert(at: number, text: string, name = "Ann"): void {
    this.#listen(name);
    this.text.insert(at, text);
  }

  get text(): Y.Text {
    return (this.doc.getMap("files").get("f0") as Y.Map<unknown>).get("text") as Y.Text;
  }

  #listen(name: string): void {
    const { epoch } = this;
    this.doc.once("update", (data: Uint8Array) =>
      this.updates.push({ at: this.updates.length, epoch, name, data }),
    );
  }
}

const textOf = (written: Written) => written.files[0]?.text;

it("shows the text after each update, forwards and back", () => {
  const room = new Room();
  room.begin("b");
  room.insert(0, "a");
  room.insert(2, "c");
  const written = new Written(room.updates);
  expect(textOf(written)).toBe("abc");
  expect(written.change).toEqual({ key: "f0", at: 3, name: "Ann" });
  written.go(1);
  expect(textOf(written)).toBe("b");
  written.go(2);
  expect(textOf(written)).toBe("ab");
  written.go(0);
  expect(written.files).toEqual([]);
});

it("goes back in a long past to where it was", () => {
  const room = new Room();
  room.begin("");
  for (let count = 0; count < 1200; count += 1) room.insert(count, String(count % 10));
  const written = new Written(room.updates);
  written.go(601);
  expect(textOf(written)).toHaveLength(600);
  written.go(1201);
  expect(textOf(written)).toBe(room.text.toString());
});

it("begins another document with another epoch", () => {
  const room = new Room();
  room.begin("old");
  room.insert(3, "er");
  room.begin("older");
  room.insert(5, "!");
  const written = new Written(room.updates);
  expect(textOf(written)).toBe("older!");
  written.go(2);
  expect(textOf(written)).toBe("older");
  written.go(4);
  expect(textOf(written)).toBe("older!");
});

it("finds what was pasted, and not what the server began with", () => {
  const room = new Room();
  room.begin("x".repeat(500));
  room.insert(0, "y".repeat(200));
  room.insert(0, "z".repeat(201), "Bob");
  const written = new Written(room.updates);
  written.go(0);
  written.go(3);
  expect(written.pastes).toEqual([
    { index: 2, name: "Bob", characters: 201, begins: "z".repeat(80) },
  ]);
});
