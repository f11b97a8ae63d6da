import { describe, expect, it } from "vitest";
import { ScreenReader } from "./screen_reader";

function frame(kind: string, ...body: number[]): number[] {
  return [kind.charCodeAt(0), 0, 0, 0, body.length, ...body];
}

const BEGINS = frame("S", 0x03, 0x20, 0x02, 0x58);
const UPDATES = frame("U", 1, 2, 3);

describe("a screen's frames", () => {
  it("say where a screen begins, and what is drawn", () => {
    expect(new ScreenReader().feed(Uint8Array.from([...BEGINS, ...UPDATES]))).toEqual([
      { kind: "begins", width: 800, height: 600 },
      { kind: "updates", data: Uint8Array.from([1, 2, 3]) },
    ]);
  });

  it("may come byte by byte", () => {
    const reader = new ScreenReader();
    const events = [...BEGINS, ...UPDATES].flatMap((one) => reader.feed(Uint8Array.of(one)));
    expect(events.map(({ kind }) => kind)).toEqual(["begins", "updates"]);
  });

  it("go on after a gap at the beginning of a frame", () => {
    const reader = new ScreenReader();
    reader.feed(Uint8Array.from(UPDATES.slice(0, 6)));
    reader.skip();
    expect(reader.feed(Uint8Array.from(BEGINS))).toHaveLength(1);
  });

  it.each([
    ["an unknown kind", frame("?", 1)],
    ["an endless length", ["U".charCodeAt(0), 0xff, 0xff, 0xff, 0xff, 1]],
  ])("are passed over after %s, until a gap", (_, bytes) => {
    const reader = new ScreenReader();
    expect(reader.feed(Uint8Array.from([...bytes, ...BEGINS]))).toEqual([]);
    expect(reader.feed(Uint8Array.from(BEGINS))).toEqual([]);
    reader.skip();
    expect(reader.feed(Uint8Array.from(BEGINS))).toHaveLength(1);
  });

  it("have no size where none is said", () => {
    expect(new ScreenReader().feed(Uint8Array.from(frame("S")))).toEqual([
      { kind: "begins", width: 0, height: 0 },
    ]);
  });
});
