import { beforeEach, describe, expect, it } from "vitest";
import { type Replay, ReplayPosition, readReplay } from "./replay_timeline";

const LONGEST_MS = 3000;

function cast(...events: readonly (readonly [number, string, string])[]): string {
  const header = { version: 3, term: { cols: 80, rows: 24 } };
  return [header, ...events].map((line) => JSON.stringify(line)).join("\n");
}

describe("reading a recording", () => {
  it("adds up times and shortens pauses", () => {
    const { events, duration, grid } = readReplay(
      cast([1, "o", "a"], [60, "o", "b"], [0.5, "r", "100x30"], [1, "m", "cut"], [1, "x", "0"]),
      LONGEST_MS,
    );
    expect(grid).toEqual({ rows: 24, cols: 80 });
    expect(events).toEqual([
      { at: 1000, kind: "output", text: "a" },
      { at: 4000, kind: "output", text: "b" },
      { at: 4500, kind: "size", grid: { rows: 30, cols: 100 } },
    ]);
    expect(duration).toBe(6500);
  });

  it("finds the moments of what else happened, and shortens the pauses between them", () => {
    const times = [70_000, 500, 2000, 50_000, 61_200];
    const { marks, duration } = readReplay(
      cast([1, "o", "a"], [60, "o", "b"], [0.5, "o", "c"]),
      LONGEST_MS,
      times,
    );
    // Output is at 1 s, 8 s and 8.5 s of the replay; one thing follows the end.
    expect(marks).toEqual([11_500, 500, 2000, 5000, 8200]);
    expect(duration).toBe(11_500);
  });

  it("shows what a program without output has shown", () => {
    expect(readReplay(cast(), LONGEST_MS, [900])).toMatchObject({ marks: [900], duration: 900 });
  });

  it("refuses another version", () => {
    expect(() => readReplay('{"version": 2}', LONGEST_MS)).toThrow("asciicast 2");
  });

  it("has nothing to show of a run that printed nothing", () => {
    expect(readReplay(cast(), LONGEST_MS)).toMatchObject({ events: [], duration: 0 });
  });
});

describe("a position", () => {
  let replay: Replay;
  let position: ReplayPosition;
  beforeEach(() => {
    replay = readReplay(cast([1, "o", "a"], [1, "o", "b"], [1, "o", "c"]), LONGEST_MS);
    position = new ReplayPosition(replay);
  });
  const texts = (moment: number) => {
    const { again, events } = position.go(moment);
    return [again, events.map((event) => (event.kind === "output" ? event.text : "")).join("")];
  };

  it("goes forward by what lies between", () => {
    expect(texts(500)).toEqual([false, ""]);
    expect(texts(1000)).toEqual([false, "a"]);
    expect(texts(9999)).toEqual([false, "bc"]);
    expect([position.at, position.ended]).toEqual([3000, true]);
  });

  it("goes back by starting again", () => {
    texts(3000);
    expect(texts(2000)).toEqual([true, "ab"]);
    expect(texts(-5)).toEqual([true, ""]);
    expect(position.ended).toBe(false);
  });

  it("knows when something happens next", () => {
    expect(position.next).toBe(1000);
    texts(2500);
    expect(position.next).toBe(3000);
    texts(3000);
    expect(position.next).toBe(3000);
  });
});
