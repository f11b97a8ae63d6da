import { expect, it } from "vitest";
import { decodeRoom, decodeUpdate, encodeUpdate } from "./room_codec";

it("reads what the server sends", () => {
  const pong = { type: "pong", id: 7 };
  expect(decodeRoom(JSON.stringify(pong))).toEqual(pong);
});

it.each(["{", "[]", "null", '"pong"', '{"type":"constructor"}', '{"type":"of tomorrow"}'])(
  "ignores %s",
  (text) => {
    expect(decodeRoom(text)).toBeNull();
  },
);

it("writes epoch, number and data of an update", () => {
  const frame = encodeUpdate(0x01020304, 5, new Uint8Array([9, 8]));
  expect([...frame]).toEqual([1, 1, 2, 3, 4, 0, 0, 0, 5, 9, 8]);
});

it("reads an update, and no shorter or other frame", () => {
  const frame = new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0, 7]);
  expect(decodeUpdate(frame.buffer)).toEqual({ epoch: 2, seq: 256, data: new Uint8Array([7]) });
  expect(decodeUpdate(frame.slice(0, 12).buffer)).toBeNull();
  expect(decodeUpdate(new Uint8Array(14).fill(3).buffer)).toBeNull();
});
