import { expect, it } from "vitest";
import { OutputCursor } from "./output_cursor";

const bytes = (text: string) => new TextEncoder().encode(text);

function shown(cursor: OutputCursor, offset: number, text: string): string {
  const taken = cursor.take(offset, bytes(text));
  return taken.kind === "new" ? new TextDecoder().decode(taken.data) : taken.kind;
}

it("takes what comes in order", () => {
  const cursor = new OutputCursor();
  expect([shown(cursor, 0, "ab"), shown(cursor, 2, "cd"), cursor.expected]).toEqual([
    "ab",
    "cd",
    4,
  ]);
});

it("shows nothing twice", () => {
  const cursor = new OutputCursor();
  cursor.take(0, bytes("abcd"));
  expect([shown(cursor, 1, "bc"), shown(cursor, 2, "cdef")]).toEqual(["duplicate", "ef"]);
});

it("accepts no hole", () => {
  const cursor = new OutputCursor();
  expect([shown(cursor, 1, "b"), cursor.expected]).toEqual(["missing", 0]);
});

it("moves on over a gap, once", () => {
  const cursor = new OutputCursor();
  cursor.take(0, bytes("ab"));
  expect([cursor.skip(10), cursor.skip(10), cursor.expected]).toEqual([8, 0, 10]);
});
