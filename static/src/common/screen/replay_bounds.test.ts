import { describe, expect, it } from "vitest";
import { readReplay } from "./replay_bounds";

const TERM = { cols: 80, rows: 24 };

function cast(events: [number, string, string][], term = TERM): string {
  const header = JSON.stringify({ version: 3, term });
  return `${[header, ...events.map((event) => JSON.stringify(event))].join("\n")}\n`;
}

/** All output of a recording that printed `pieces`. */
function shown(...pieces: string[]): { text: string; shortened: boolean } {
  const replay = readReplay(cast(pieces.map((piece) => [0.1, "o", piece])));
  const output = replay.events.filter(([, code]) => code === "o");
  return { text: output.map(([, , data]) => data).join(""), shortened: replay.shortened };
}

it("keeps events, with times from the start in milliseconds", () => {
  const replay = readReplay(
    cast([
      [0.5, "o", "one"],
      [0.25, "r", "100x30"],
      [0, "m", "a mark"],
      [1, "x", "0"],
    ]),
  );
  expect(replay).toEqual({
    ...TERM,
    shortened: false,
    events: [
      [500, "o", "one"],
      [750, "r", "100x30"],
      [750, "m", "a mark"],
      [1750, "x", "0"],
    ],
  });
});

it.each([
  "plain text\r\n".repeat(10_000),
  "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x1bP$q\x1b\\",
  "\x1b[2J\x1b[H".repeat(3000), // an animation
  "\x1b[?25l\x1b[?25h".repeat(20_000),
  "\x9b31mc1\x9b0m",
  "ends in the middle of \x1b[3",
  "\x1b[1\x1b[2Jcut by another",
  "\x1b[4hinserted\x1b[4l".repeat(1000),
])("leaves %j as it is", (text) => {
  const whole = text.endsWith("\x1b[3") ? text.slice(0, -3) : text;
  expect(shown(text)).toEqual({ text: whole, shortened: false });
});

it.each([1, 2, 3, 7])("understands sequences that are cut every %d characters", (size) => {
  const text = "a\x1b[31mb\x1b[0m\x1b]0;t\x07c\x1b#8\x1b(Bd\n";
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  expect(shown(...pieces)).toEqual({ text, shortened: false });
});

const MASS = 500_000; // characters, as a recording has them

describe.each([
  "\x1bc",
  "\x1b#8",
  "\x1b[2J",
  "\x1b[J",
  "x\x1b[65535b",
  "\x1b[9999S",
  "\x1b[9999T",
  "\x1b[9999L",
  "\x1b[9999M",
  "\x1b[?1049h\x1b[?1049l",
  "\x1b[2\n\n\n\nJ",
  "\x9b2J",
  "\x1b[99@",
])("of masses of %j", (unit) => {
  it("leaves out what would take long, and says so", () => {
    const { text, shortened } = shown("start", unit.repeat(MASS / unit.length), "end");
    expect(shortened).toBe(true);
    expect(text.length).toBeLessThan(MASS);
    expect(text.startsWith("start")).toBe(true);
    expect(text.endsWith("end")).toBe(true);
  });

  it("sees them also when they come in pieces", () => {
    const halves = Array.from({ length: 4000 }, () => [unit.slice(0, 2), unit.slice(2)]).flat();
    const whole = shown(unit.repeat(4000));
    expect(shown(...halves).text.length).toBeLessThanOrEqual(whole.text.length + unit.length);
  });
});

it("leaves out masses of lines and of inserted text", () => {
  expect(shown("\n".repeat(1_000_000)).shortened).toBe(true);
  expect(shown(`\x1b[4h${"x".repeat(1_000_000)}`).shortened).toBe(true);
});

it("bounds the size of the terminal, also when it changes", () => {
  const replay = readReplay(cast([[0, "r", "1000x1000"]], { cols: 1000, rows: 1000 }));
  const [, , size = ""] = replay.events[0] ?? [];
  const [cols = 0, rows = 0] = size.split("x").map(Number);
  expect(cols * rows).toBeLessThanOrEqual(24_000);
  expect(replay.cols * replay.rows).toBeLessThanOrEqual(24_000);
});

it("leaves out masses of changes of the size", () => {
  const sizes = Array.from({ length: 100_000 }, (_, at) => `${200 + (at % 2)}x50`);
  expect(readReplay(cast(sizes.map((size) => [0, "r", size]))).shortened).toBe(true);
});

it("gives the player long output in pieces", () => {
  const replay = readReplay(cast([[0, "o", "x".repeat(100_000)]]));
  expect(replay.events.length).toBeGreaterThan(10);
  expect(Math.max(...replay.events.map(([, , data]) => data.length))).toBeLessThanOrEqual(8192);
});

it("refuses what is no asciicast of version 3", () => {
  expect(() => readReplay('{"version": 2}')).toThrow();
  expect(() => readReplay("nonsense")).toThrow();
});
