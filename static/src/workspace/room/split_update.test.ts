import { expect, it } from "vitest";
import * as Y from "yjs";
import { splitUpdate } from "./split_update";

/** What the server takes at most. */
const MOST_BYTES = 64 * 1024;

/** All that `change` writes into a document of `before`, as one update. */
function updateOf(before: Y.Doc, change: (text: Y.Text) => void): Uint8Array {
  const doc = copyOf(before);
  const known = Y.encodeStateVector(doc);
  doc.transact(() => change(doc.getText("t")));
  return Y.encodeStateAsUpdate(doc, known);
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function after(before: Y.Doc, updates: readonly Uint8Array[]): string {
  const copy = copyOf(before);
  for (const update of updates) Y.applyUpdate(copy, update);
  return copy.getText("t").toString();
}

const begun = new Y.Doc();
begun.getText("t").insert(0, "first last");

const CHANGES: Record<string, (text: Y.Text) => void> = {
  "a long paste in the middle": (text) => text.insert(6, "x".repeat(300_000)),
  "one of characters with two halves, at odd places": (text) => text.insert(1, "😀".repeat(70_001)),
  "one of characters of three bytes": (text) => text.insert(0, "漢".repeat(100_000)),
  "a replacement of everything": (text) => {
    text.delete(0, text.length);
    text.insert(0, "y".repeat(100_000));
  },
};

for (const [what, change] of Object.entries(CHANGES)) {
  it(`says the same in small pieces: ${what}`, () => {
    const update = updateOf(begun, change);
    const pieces = splitUpdate(update);
    expect(update.length).toBeGreaterThan(MOST_BYTES);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(MOST_BYTES / 2);
    expect(after(begun, pieces)).toBe(after(begun, [update]));
    expect(after(begun, [...pieces, ...pieces])).toBe(after(begun, [update]));
  });
}

it("keeps what others have typed at the place of a paste that is on its way", () => {
  const pieces = splitUpdate(updateOf(begun, (text) => text.insert(6, "x".repeat(100_000))));
  const others = updateOf(begun, (text) => text.insert(6, "others "));
  const mixed = [...pieces.slice(0, 3), others, ...pieces.slice(3)];
  const [one, other] = [after(begun, mixed), after(begun, [others, ...pieces])];
  expect(one).toBe(other);
  expect(one).toContain("x".repeat(100_000));
  expect(one).toContain("others ");
});

it("divides a deletion of many ranges", () => {
  const scattered = new Y.Doc();
  const text = scattered.getText("t");
  for (let place = 0; place < 20_000; place += 1) text.insert(0, "ab"); // each is a struct of its own
  const update = updateOf(scattered, (shared) => {
    for (let place = 20_000; place > 0; place -= 1) shared.delete(2 * place - 1, 1);
  });
  const pieces = splitUpdate(update);
  expect(update.length).toBeGreaterThan(MOST_BYTES);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(MOST_BYTES / 2);
  expect(after(scattered, pieces)).toBe("a".repeat(20_000));
});

it("carries a new file with its text", () => {
  const doc = new Y.Doc();
  const file = new Y.Map<unknown>();
  doc.transact(() => {
    doc.getMap("files").set("f1", file);
    file.set("path", "data.txt");
    const text = new Y.Text();
    file.set("text", text);
    text.insert(0, "z".repeat(80_000));
  });
  const copy = new Y.Doc();
  for (const piece of splitUpdate(Y.encodeStateAsUpdate(doc))) Y.applyUpdate(copy, piece);
  expect(copy.getMap("files").toJSON()).toEqual(doc.getMap("files").toJSON());
});
