import { expect, it } from "vitest";
import { CHUNK_BYTES, InputOutbox, WAITING_BYTES, WINDOW_BYTES } from "./input_outbox";

function typed(outbox: InputOutbox, text: string) {
  expect(outbox.add(text)).toBe(true);
  return outbox.take();
}

it("numbers inputs from 1", () => {
  const outbox = new InputOutbox();
  expect([...typed(outbox, "a"), ...typed(outbox, "b")]).toEqual([
    { seq: 1, data: "a" },
    { seq: 2, data: "b" },
  ]);
});

it("keeps what is not acknowledged, with its numbers", () => {
  const outbox = new InputOutbox();
  for (const key of "abc") typed(outbox, key);
  outbox.acked(2);
  expect(outbox.unacked).toEqual([{ seq: 3, data: "c" }]);
});

it("goes on after the inputs that another page has sent", () => {
  const outbox = new InputOutbox();
  outbox.acked(7);
  expect(typed(outbox, "x")).toEqual([{ seq: 8, data: "x" }]);
});

it("cuts a paste into pieces that lose no character", () => {
  const outbox = new InputOutbox();
  const paste = `a${"€😀".repeat(3000)}`;
  const pieces = typed(outbox, paste).map(({ data }) => data);
  expect(pieces.join("")).toBe(paste);
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) {
    expect(new TextEncoder().encode(piece).length).toBeLessThanOrEqual(CHUNK_BYTES);
    expect(new TextDecoder().decode(new TextEncoder().encode(piece))).toBe(piece);
  }
});

it("sends no more ahead than the window, and the rest as acks come", () => {
  const outbox = new InputOutbox();
  const first = typed(outbox, "x".repeat(WINDOW_BYTES + CHUNK_BYTES));
  expect(first.length).toBe(WINDOW_BYTES / CHUNK_BYTES);
  outbox.acked(1);
  expect(outbox.take().map(({ seq }) => seq)).toEqual([first.length + 1]);
});

it("lets ^C overtake a paste that was not sent yet", () => {
  const outbox = new InputOutbox();
  const { length } = typed(outbox, "x".repeat(3 * WINDOW_BYTES));
  typed(outbox, "\u0003");
  outbox.acked(length);
  expect(outbox.take()).toEqual([{ seq: length + 1, data: "\u0003" }]);
});

it("refuses what is beyond its bound, as a whole", () => {
  const outbox = new InputOutbox();
  expect(outbox.add("x".repeat(WAITING_BYTES + 1))).toBe(false);
  expect(outbox.take()).toEqual([]);
});

it("counts bytes, not characters, and has room again for what was sent", () => {
  const outbox = new InputOutbox();
  const half = "€".repeat(WAITING_BYTES / 6);
  expect([outbox.add(half), outbox.add(half), outbox.add("€€")]).toEqual([true, true, false]);
  expect(outbox.held).toBe(half + half);
  outbox.take();
  expect(outbox.add("€€")).toBe(true);
});

it("forgets its bytes with a ^C", () => {
  const outbox = new InputOutbox();
  outbox.add("x".repeat(WAITING_BYTES));
  expect([outbox.add("\u0003"), outbox.add("y")]).toEqual([true, true]);
  expect(outbox.held).toBe("\u0003y");
});

it("replaces half a character, which UTF-8 cannot carry", () => {
  expect(typed(new InputOutbox(), "a\ud800b")).toEqual([{ seq: 1, data: "a\ufffdb" }]);
});
