import { expect, it } from "vitest";
import { applied, textEdits } from "./text_edits";

it.each([
  ["", "x\n"],
  ["x\n", ""],
  ["x", "x\n"],
  ["a=1\nb=2\n", "a = 1\nb = 2\n"],
  ["import b\nimport a\n\n\nx=1", "import a\nimport b\n\nx = 1\n"],
  ["f( a,b )\n".repeat(3), "f(\n    a,\n    b,\n)\n".repeat(3)],
  ["print('ä😀' )\n", "print('ä😀')\n"],
])("makes the second text of the first: %j", (before, after) => {
  const edits = textEdits(before, after);
  expect(applied(before, edits)).toBe(after);
  const ordered = [...edits].sort((one, other) => one.from - other.from);
  ordered.slice(1).forEach((edit, index) => {
    expect(edit.from).toBeGreaterThanOrEqual(ordered[index]?.to ?? 0);
  });
});

it("leaves words alone, so that the cursor stays at its word", () => {
  expect(textEdits("x=a+b\n", "x = a + b\n").every(({ from, to }) => from === to)).toBe(true);
  expect(textEdits("same\n", "same\n")).toEqual([]);
});
