import { expect, it } from "vitest";
import { HeldKeys, inputEvents, joined, withoutMoves } from "./rfb_events";

const KEY = [4, 1, 0, 0, 0, 0, 0, 65];
const MOVE = [5, 0, 0, 10, 0, 20];
const PRESS = [5, 1, 0, 10, 0, 20];
const UPDATE_REQUEST = [3, 1, 0, 0, 0, 0, 3, 32, 2, 88];
const ENCODINGS = [2, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, 1];
const PIXELS = [0, ...Array<number>(19).fill(0)];
const CLIPBOARD = [6, 0, 0, 0, 0, 0, 0, 1, 65];

function events(...messages: number[][]): number[][] {
  return inputEvents(Uint8Array.from(messages.flat())).map((one) => [...one]);
}

it("takes keys and pointer among the messages of a client", () => {
  expect(events(PIXELS, ENCODINGS, UPDATE_REQUEST, KEY, UPDATE_REQUEST, PRESS)).toEqual([
    KEY,
    PRESS,
  ]);
});

it("takes nothing from the clipboard on, or of a message that is cut off", () => {
  expect(events(KEY, CLIPBOARD, KEY)).toEqual([KEY]);
  expect(events(KEY, PRESS.slice(0, 3))).toEqual([KEY]);
  expect(events([2, 0])).toEqual([]);
});

it("leaves out moves that another one follows", () => {
  const all = [MOVE, MOVE, PRESS, PRESS, MOVE, KEY].map((one) => Uint8Array.from(one));
  expect(withoutMoves(all).map((one) => [...one])).toEqual([MOVE, PRESS, MOVE, KEY]);
  expect([...joined(all.slice(0, 2))]).toEqual([...MOVE, ...MOVE]);
});

it("lets go of the keys that are held, each once", () => {
  const key = (down: number, code: number) => Uint8Array.from([4, down, 0, 0, 0, 0, 0xff, code]);
  const held = new HeldKeys();
  held.note([key(1, 0x51), key(1, 0xe3), key(1, 0x51), key(0, 0xe3)]);
  held.note([Uint8Array.from([5, 1, 0, 0, 0, 0])]);
  expect(held.letGo()).toEqual([key(0, 0x51)]);
  expect(held.letGo()).toEqual([]);
});
