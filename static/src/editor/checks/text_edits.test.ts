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
  ["print('😀')\n", "print('😁')\n"],
  ["'🀀'", "'😀'"],
  ["x = 'a'\n", 'x = "a"\n'],
  ["import b, os\nimport a\nx=1\n", "import a\nimport os\n\nimport b\n\nx = 1\n"],
  ["one two three\n".repeat(900), "four\n".repeat(900)],
])("makes the second text of the first: %j", (before, after) => {
  const edits = textEdits(before, after);
  expect(applied(before, edits)).toBe(after);
  for (const { from, to } of edits) {
    for (const place of [from, to])
      expect(before.slice(place - 1, place + 1)).not.toMatch(/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/);
  }
  const ordered = [...edits].sort((one, other) => one.from - other.from);
  ordered.slice(1).forEach((edit, index) => {
    expect(edit.from).toBeGreaterThanOrEqual(ordered[index]?.to ?? 0);
  });
});

it("leaves words alone, so that the cursor stays at its word", () => {
  expect(textEdits("x=a+b\n", "x = a + b\n").every(({ from, to }) => from === to)).toBe(true);
  expect(textEdits("same\n", "same\n")).toEqual([]);
});

it("edits each line of a long program where all of them change", () => {
  const before = Array.from({ length: 600 }, (_, line) => `x${line}=f( ${line},'a' )\n`).join("");
  const after = Array.from({ length: 600 }, (_, line) => `x${line} = f(${line}, "a")\n`).join("");
  const edits = textEdits(before, after);
  expect(applied(before, edits)).toBe(after);
  expect(Math.max(...edits.map(({ from, to, insert }) => to - from + insert.length))).toBe(3);
});
