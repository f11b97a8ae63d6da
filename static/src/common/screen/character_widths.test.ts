import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { columnsOf, isRightToLeft, next, textWidth } from "./character_widths";

type Example = readonly [text: string, characters: readonly (readonly [string, number])[]];

const FILE = new URL("../../../../tests/runner/characters/examples.json", import.meta.url);
const EXAMPLES = JSON.parse(readFileSync(FILE, "utf-8")) as readonly Example[];

function characters(text: string): [string, number][] {
  const found: [string, number][] = [];
  let before = 0;
  for (const sign of text) {
    const { after, joins } = next(before, sign.codePointAt(0) ?? 0, false);
    const last = found.at(-1);
    if (joins && last) {
      last[0] += sign;
      last[1] = columnsOf(after);
    } else found.push([sign, columnsOf(after)]);
    before = after;
  }
  return found;
}

it("says of thousands of texts what Python says", () => {
  expect(EXAMPLES.length).toBeGreaterThan(3000);
  const different = EXAMPLES.filter(([text, wanted]) => {
    return JSON.stringify(characters(text)) !== JSON.stringify(wanted);
  });
  expect(different).toEqual([]);
});

it.each(EXAMPLES.slice(0, 20))("knows the width of %s", (text, wanted) => {
  expect(textWidth(text)).toBe(wanted.reduce((sum, [, columns]) => sum + columns, 0));
});

it("joins a mark to what stands before it, whatever that is", () => {
  const { after, joins } = next(0, 0x301, true);
  expect([columnsOf(after), joins]).toEqual([0, true]);
});

it.each([
  ["\u0633\u0644\u0627\u0645", true],
  ["\u05e9\u05dc\u05d5\u05dd", true],
  ["hello", false],
  ["时间", false],
  ["", false],
])("knows whether %j is read from right to left", (text, expected) => {
  expect(isRightToLeft(text)).toBe(expected);
});
