import { expect, it } from "vitest";
import { decodePast } from "./past_codec";

function record(at: number, epoch: number, name: string, data: number[]): number[] {
  const bytes = new TextEncoder().encode(name);
  const view = new DataView(new ArrayBuffer(18));
  view.setBigUint64(0, BigInt(at));
  view.setUint32(8, epoch);
  view.setUint16(12, bytes.length);
  view.setUint32(14, data.length);
  return [...new Uint8Array(view.buffer), ...bytes, ...data];
}

const body = (...records: number[][]) => new Uint8Array(records.flat()).buffer as ArrayBuffer;

it("reads records with names of any length", () => {
  const at = 1_795_000_000_123;
  const read = decodePast(body(record(at, 2, "Änn 🙂", [1, 2, 3]), record(at + 1, 2, "", [])));
  expect(read).toEqual([
    { at, epoch: 2, name: "Änn 🙂", data: new Uint8Array([1, 2, 3]) },
    { at: at + 1, epoch: 2, name: "", data: new Uint8Array() },
  ]);
  expect(decodePast(body())).toEqual([]);
});

it("refuses what ends too early", () => {
  const whole = record(1, 1, "Ann", [1, 2, 3]);
  for (const length of [5, 17, 19, whole.length - 1]) {
    expect(() => decodePast(body(whole.slice(0, length)))).toThrow(RangeError);
  }
});
