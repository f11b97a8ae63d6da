import { beforeEach, expect, it } from "vitest";
import { GuardedTerminal } from "./guarded_terminal";

let guarded: GuardedTerminal;

beforeEach(() => {
  guarded = new GuardedTerminal({ rows: 6, cols: 20, allowProposedApi: true });
});

const write = (text: string) =>
  new Promise<void>((parsed) => guarded.write(new TextEncoder().encode(text), parsed));

const cursor = () => guarded.terminal.buffer.active.cursorX;
const row = (at: number) => guarded.terminal.buffer.active.getLine(at)?.translateToString(true);

const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";

it.each([
  ["an emoji", "\u{1f40d}", 2],
  ["a family", FAMILY, 2],
  ["a heart", "\u2764\ufe0f", 2],
  ["a keycap", "1\ufe0f\u20e3", 2],
  ["a flag", "\u{1f1e9}\u{1f1ea}", 2],
  ["a flag of a region", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 2],
  ["a tone of skin", "\u{1f44d}\u{1f3fd}", 2],
  ["a letter with a mark", "e\u0301", 1],
  ["Han", "\u65f6\u95f4", 4],
  ["Hangul of its parts", "\u1112\u1161\u11ab", 2],
  ["Devanagari", "\u0915\u094d\u0937\u093f", 2],
  ["two families", FAMILY + FAMILY, 4],
  ["a joiner between letters", "a\u200db", 2],
])("moves the cursor by the columns of %s", async (_, text, columns) => {
  await write(text);
  expect(cursor()).toBe(columns);
  expect(row(0)).toBe(text);
});

it("joins what comes in pieces", async () => {
  for (const sign of FAMILY) await write(sign);
  expect(cursor()).toBe(2);
});

it("joins a mark to a letter of another colour", async () => {
  await write("e\x1b[1m\u0301x");
  expect([cursor(), row(0)]).toEqual([2, "e\u0301x"]);
});

it("gives a mark at the beginning of a row a column", async () => {
  await write("\u0301x");
  expect(cursor()).toBe(2);
});

it("moves a character to the next row that becomes wide in the last column", async () => {
  await write(`${"-".repeat(19)}\u2764\ufe0f|`);
  expect([row(0), row(1), cursor()]).toEqual(["-".repeat(19), "\u2764\ufe0f|", 3]);
});

it("keeps all signs of the longest emoji", async () => {
  const couple = "\u{1f469}\u{1f3fd}\u200d\u2764\ufe0f\u200d\u{1f48b}\u200d\u{1f468}\u{1f3ff}";
  await write(couple);
  expect([row(0), cursor()]).toEqual([couple, 2]);
});

it("says once that text is read from right to left, and only then", async () => {
  let told = 0;
  guarded.onRightToLeft(() => {
    told += 1;
  });
  await write("hello \u65f6");
  expect(told).toBe(0);
});
