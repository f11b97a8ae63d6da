import { beforeEach, describe, expect, it } from "vitest";
import { GuardedTerminal } from "./guarded_terminal";

// The kernel echoes an erased code point as three bytes, whatever its width.

const ERASED = "\b \b";
const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
const ESCAPE = String.fromCharCode(0x1b);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");
let guarded: GuardedTerminal;

beforeEach(() => {
  guarded = new GuardedTerminal({ rows: 6, cols: 20, scrollback: 50, allowProposedApi: true });
});

const write = (text: string) =>
  new Promise<void>((parsed) => guarded.write(new TextEncoder().encode(text), parsed));

const row = (at: number) => guarded.terminal.buffer.active.getLine(at)?.translateToString(true);
const place = () => {
  const { cursorX, cursorY } = guarded.terminal.buffer.active;
  return [cursorX, cursorY];
};

/** What typing `text`, and erasing as many code points, leaves on the screen. */
async function leaves(text: string, erased: number): Promise<[string | undefined, number]> {
  await write("> ");
  for (const sign of text) await write(sign);
  for (let times = 0; times < erased; times += 1) await write(ERASED);
  return [row(0), guarded.terminal.buffer.active.cursorX];
}

describe.each([
  ["letters", "abc", 3],
  ["Han", "\u65f6\u95f4", 2],
  ["emoji", "\u{1f40d}\u2705", 2],
  ["a family", FAMILY, 5],
  ["marks", "e\u0301\u0323", 3],
  ["a heart", "\u2764\ufe0f", 2],
  ["a flag", "\u{1f1e9}\u{1f1ea}", 2],
  ["a keycap", "1\ufe0f\u20e3", 3],
  ["Hangul of its parts", "\u1112\u1161\u11ab", 3],
  ["Devanagari", "\u0915\u094d\u0937\u093f", 4],
  ["an invisible sign", "a\u200bb", 3],
])("of %s", (_, text, signs) => {
  it("takes back all of it", async () => {
    expect(await leaves(text, signs)).toEqual(["> ", 2]);
  });

  it("shows what is left after each code point", async () => {
    for (let erased = 1; erased < signs; erased += 1) {
      const rest = Array.from(text).slice(0, -erased).join("");
      await write("\x1bc");
      const [shown] = await leaves(text, erased);
      expect(shown).toBe(`> ${rest}`);
    }
  });
});

it("puts what is typed then where the erased character was", async () => {
  await write(`> \u65f6\u95f4${ERASED}x`);
  expect(row(0)).toBe("> \u65f6x");
});

it("understands an echo that comes in pieces", async () => {
  await write("> \u65f6\u95f4");
  for (const byte of ERASED) await write(byte);
  expect([row(0), place()]).toEqual(["> \u65f6", [4, 0]]);
});

it("goes up where the line has come down", async () => {
  const line = "0123456789".repeat(3);
  await write(line);
  for (let times = 0; times < 15; times += 1) await write(ERASED);
  expect([row(0), row(1), place()]).toEqual([line.slice(0, 15), "", [15, 0]]);
});

it("erases the last column when the cursor waits behind it", async () => {
  await write(`${"x".repeat(19)}y${ERASED}z`);
  expect(row(0)).toBe(`${"x".repeat(19)}z`);
});

it("goes up over a wide character that did not fit", async () => {
  await write(`${"x".repeat(19)}\u65f6${ERASED}${ERASED}`);
  expect([row(0), row(1), place()]).toEqual(["x".repeat(18), "", [18, 0]]);
});

it("erases no line that ended with a line feed", async () => {
  await write(`first\r\n${ERASED}`);
  expect([row(0), place()]).toEqual(["first", [0, 1]]);
});

it("keeps colours of what is left", async () => {
  await write(`\x1b[31me\u0301\x1b[m${ERASED}`);
  const cell = guarded.terminal.buffer.active.getLine(0)?.getCell(0);
  expect([cell?.getChars(), cell?.getFgColor()]).toEqual(["e", 1]);
});

it("takes back signs first that were not shown", async () => {
  const marks = "\u0301".repeat(40);
  await write(`ae${marks}`);
  await write(ERASED.repeat(41));
  expect([row(0), place()]).toEqual(["a", [1, 0]]);
});

/** The kernel's steps back for a tab behind `before`, by its own count of columns. */
function tabErased(before: string): string {
  const column = Array.from(before.replaceAll("\x1b", "")).length;
  return "\b".repeat(8 - (column % 8));
}

it.each([
  ["letters", "> ab"],
  ["wide characters", "> \u65f6\u95f4"],
  ["a prompt with colours", "\x1b[1;32mname\x1b[0m: "],
  ["marks", "> e\u0301e\u0301"],
  ["an emoji of several signs", `> ${FAMILY}`],
  ["text up to a tab stop", "> \u65f6\u95f4\u65f6"],
])("erases a tab behind %s", async (_, before) => {
  await write(before);
  const [column] = place();
  await write("\t");
  await write(tabErased(before));
  expect(place()).toEqual([column, 0]);
  await write("x");
  expect(row(0)).toBe(`${before.replaceAll(COLOUR, "")}x`);
});

it("erases tabs and what is between them", async () => {
  const first = "> \u65f6";
  await write(`${first}\tb\tc${ERASED}`);
  await write("\b".repeat(7)); // the kernel is in column 9 of 16
  expect(place()).toEqual([9, 0]);
  await write(ERASED + tabErased(first));
  expect(place()).toEqual([4, 0]);
});

it.each([1, 2, 3])("leaves %i steps back of a program behind a tab alone", async (steps) => {
  await write(`\x1b[31m\u65f6\u65f6\x1b[m\t${"\b".repeat(steps)}`);
  expect(place()).toEqual([8 - steps, 0]);
});

it.each([
  ["steps back", "\u65f6\b\bx", "x", 1],
  ["a word that is printed over", "\u65f6\b x", "  x", 3],
  ["a spinner", "a|\b/\b-\b\\", "a\\", 2],
  ["readline's own erasing", "a\u65f6\b\b\x1b[K", "a", 1],
  ["what is erased in insert mode", "\x1b[4hab\b \b", "a b", 1],
])("leaves %s alone", async (_, text, shown, column) => {
  await write(text);
  expect([row(0), place()[0]]).toEqual([shown, column]);
});
