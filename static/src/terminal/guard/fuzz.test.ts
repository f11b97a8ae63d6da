import { beforeEach, expect, it, vi } from "vitest";
import { GuardedTerminal } from "./guarded_terminal";

// Random output: nothing in it makes the parser fail, and the terminal goes on after it.

/** mulberry32: the same numbers in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NUMBERS = ["", "0", "1", "2", "3", "4", "7", "9", "20", "99", "1049", "9999", "2147483648"];
const MODES = [
  "1",
  "6",
  "7",
  "12",
  "25",
  "45",
  "47",
  "1000",
  "1004",
  "1006",
  "1049",
  "2004",
  "2026",
];
const SIGNS = [
  "x",
  "\u00e9",
  "e\u0301\u0301",
  "\u6f22",
  "\u{1f600}",
  "\u200d",
  "\u{1f468}\u200d",
  "\t",
];
const CONTROLS = ["\n", "\r", "\b", "\x07", "\x0b", "\x0e", "\x0f", "\x18", "\x1a", "\0", "\x7f"];
const ESCAPES = [
  "7",
  "8",
  "D",
  "E",
  "H",
  "M",
  "=",
  ">",
  "c",
  "#8",
  "(0",
  "(B",
  "%G",
  "n",
  "o",
  "\\",
];
const TEXTS = [
  "0;t",
  "4;1;?",
  "4;1;#fff",
  "8;;http://x",
  "8;id=1;http://y",
  "8;;",
  "10;?",
  "11;#123",
];

function output(random: () => number): string {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const byte = (from: number, to: number) =>
    String.fromCharCode(from + Math.floor(random() * (to - from)));
  const parameters = () =>
    Array.from({ length: Math.floor(random() * 4) }, () => one(NUMBERS)).join(one([";", ":", ";"]));
  const make = one([
    () => one(SIGNS).repeat(1 + Math.floor(random() * 50)),
    () => one(SIGNS),
    () => one(CONTROLS),
    () => `\x1b${one(ESCAPES)}`,
    () => `\x1b[${parameters()}${byte(0x40, 0x7f)}`,
    () =>
      `\x1b[${one(["", "?", ">", "!"])}${parameters()}${one(["", " ", "'", "$", '"'])}${byte(0x40, 0x7f)}`,
    () => `\x1b[?${one(MODES)}${one(["h", "l"])}`,
    () => `\x1b[${one(["4", "20"])}${one(["h", "l"])}`,
    () => `\x1b]${one(TEXTS)}${one(["\x07", "\x1b\\", ""])}`,
    () => `\x1bP${one(["$q", "+q", ""])}${one(["m", "r", "x"])}${one(["\x1b\\", ""])}`,
    () => `\x9b${parameters()}${byte(0x40, 0x7f)}`,
    () => byte(0, 0x100),
  ]);
  return make();
}

const errors = vi.spyOn(console, "error");
beforeEach(() => errors.mockReset());

it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "survives random output, %d",
  async (seed) => {
    const random = chance(seed + 1);
    const size = { rows: 1 + Math.floor(random() * 30), cols: 2 + Math.floor(random() * 100) };
    const guarded = new GuardedTerminal({ ...size, scrollback: 50, allowProposedApi: true });
    const write = (text: string) =>
      new Promise<void>((parsed) => guarded.write(new TextEncoder().encode(text), parsed));
    for (let round = 0; round < 20; round += 1) {
      const text = Array.from({ length: 200 }, () => output(random)).join("");
      await write(text);
      expect(errors.mock.calls, JSON.stringify(text)).toEqual([]);
      const { cursorX, cursorY } = guarded.terminal.buffer.active;
      expect(cursorX).toBeLessThanOrEqual(guarded.terminal.cols + 1); // after a sign without width
      expect(cursorY).toBeLessThan(guarded.terminal.rows);
      expect(guarded.terminal.markers.length).toBeLessThanOrEqual(1024);
      if (round % 5 === 4) {
        guarded.terminal.resize(2 + Math.floor(random() * 100), 1 + Math.floor(random() * 30));
      }
    }
    await write("\x18\x1b\\\x1bcstill here");
    expect(guarded.terminal.buffer.active.getLine(0)?.translateToString(true)).toContain("still");
  },
);
