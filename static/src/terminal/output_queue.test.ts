import { beforeEach, expect, it } from "vitest";
import { ANSWER_MS, OutputQueue, PIECE_MS } from "./output_queue";

const KIB = 1024;
/** What the terminal was given and has not parsed yet. */
let given: { text: string; size: number; parsed: () => void; asks: () => boolean }[];
let shown: string;
let now: number;
/** KiB that the terminal parses in one millisecond. */
let speed: number;
let queue: OutputQueue;

beforeEach(() => {
  given = [];
  shown = "";
  now = 0;
  speed = 8;
  queue = new OutputQueue(
    (data, parsed, wants) => {
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      given.push({ text, size: data.length, parsed, asks: wants ?? (() => false) });
    },
    () => now,
  );
});

const bytes = (text: string) => new TextEncoder().encode(text);

/** The terminal parses one piece; its size in bytes. */
function parseOne(): number {
  let piece = given.shift();
  while (piece && piece.size === 0 && given.length > 0) {
    piece.parsed();
    piece = given.shift();
  }
  if (!piece) throw new Error("nothing to parse");
  now += piece.size / KIB / speed;
  shown += piece.text;
  piece.parsed();
  return piece.size;
}

it("passes on at once what comes after a silence", () => {
  queue.push(bytes("a"));
  expect(given.map(({ text }) => text)).toEqual(["a"]);
});

it("gathers what comes while the terminal parses", () => {
  for (const text of ["a", "b", "c"]) queue.push(bytes(text));
  expect([parseOne(), parseOne()]).toEqual([1, 2]);
  expect([shown, queue.busy]).toEqual(["abc", false]);
});

it("calls back in order, when the terminal has parsed, and not before", () => {
  const called: number[] = [];
  for (const number of [0, 1, 2, 3]) {
    queue.push(number === 2 ? "text" : bytes("x"), () => called.push(number));
  }
  expect(called).toEqual([]);
  parseOne();
  expect(called).toEqual([0]);
  parseOne();
  parseOne();
  parseOne();
  expect(called).toEqual([0, 1, 2, 3]);
});

it("keeps the order of bytes and texts", () => {
  queue.push(bytes("1"));
  queue.push("2");
  queue.push(bytes("3"));
  queue.push(bytes("4"));
  queue.push("5");
  queue.push("");
  while (queue.busy) parseOne();
  expect(shown).toBe("12345");
});

it("writes what a callback asks for after what waits already", () => {
  queue.push(bytes("a"), () => queue.push("c"));
  queue.push(bytes("b"));
  while (queue.busy) parseOne();
  expect(shown).toBe("abc");
});

it.each([1, 4, 40])(
  "makes pieces that take no longer than they should, at %d KiB per ms",
  (pace) => {
    speed = pace;
    const frame = bytes("x".repeat(4 * KIB));
    const times: number[] = [];
    for (let written = 0; written < 400; written += 1) {
      queue.push(frame);
      if (queue.busy && written % 60 === 59) {
        const before = now;
        parseOne();
        times.push(now - before);
      }
    }
    while (queue.busy) {
      const before = now;
      parseOne();
      times.push(now - before);
    }
    expect(shown.length).toBe(400 * 4 * KIB);
    expect(Math.max(...times.slice(8))).toBeLessThanOrEqual(2 * PIECE_MS);
  },
);

it("holds back no more than its bound", () => {
  const frame = bytes("x".repeat(64 * KIB));
  for (let frames = 0; frames < 64; frames += 1) queue.push(frame);
  const passedOn = given.reduce((sum, { size }) => sum + size, 0);
  expect(64 * 64 * KIB - passedOn).toBeLessThanOrEqual(KIB * KIB);
  while (queue.busy) parseOne();
  expect(shown.length).toBe(64 * 64 * KIB);
});

it("does not mix what may be answered with what may not", () => {
  const wants = () => true;
  queue.push(bytes("-"));
  queue.push(bytes("past"));
  queue.push(bytes("now"), undefined, wants);
  queue.push(bytes("more"), undefined, wants);
  parseOne();
  expect(given.map(({ text, asks }) => [text, asks()])).toEqual([["past", false]]);
  parseOne();
  expect(given.map(({ text, asks }) => [text, asks()])).toEqual([["nowmore", true]]);
});

it("lets nothing be answered that has waited too long", () => {
  queue.push(bytes("-"));
  queue.push(bytes("old"), undefined, () => true);
  now += ANSWER_MS / 2;
  queue.push(bytes("new"), undefined, () => true);
  parseOne();
  now += ANSWER_MS / 2 + 1;
  expect(given.map(({ asks }) => asks())).toEqual([false]);
});

it("drops what waits, and counts it as parsed", () => {
  const parsed: string[] = [];
  for (const text of ["a", "b", "c"]) queue.push(bytes(text), () => parsed.push(text));
  queue.clear();
  expect(parsed).toEqual(["b", "c"]);
  queue.push(bytes("d"));
  while (queue.busy) parseOne();
  expect(shown).toBe("ad");
});
