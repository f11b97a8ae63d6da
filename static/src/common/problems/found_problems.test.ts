import { expect, it } from "vitest";
import { asEdited, counted, fixableAt, ownModules, wordsOfLine } from "./found_problems";
import type { Problem } from "./problem";

function problem(from: number, to: number, fixable = true): Problem {
  const fix = fixable ? { title: `${from}`, edits: [{ from, to, insert: "" }] } : null;
  return { file: "main.py", from, to, severity: "warning", code: null, message: "", fix };
}

const file = { path: "main.py", content: "import os\nx = y is 3\nz\n" };

it("finds fixes in the line of the cursor, the nearest first", () => {
  const all = [problem(7, 9), problem(10, 11), problem(14, 20), problem(12, 13, false)];
  const titles = (offset: number) => fixableAt(all, file, offset).map(({ fix }) => fix?.title);
  expect(titles(0)).toEqual(["7"]);
  expect(titles(9)).toEqual(["7"]);
  expect(titles(10)).toEqual(["10", "14"]);
  expect(titles(19)).toEqual(["14", "10"]);
  expect(titles(21)).toEqual([]);
  expect(fixableAt(all, { ...file, path: "other.py" }, 0)).toEqual([]);
});

it("counts a finding of several lines in each of them", () => {
  expect(fixableAt([problem(0, 12)], file, 15)).toHaveLength(1);
});

it("names own modules as they are imported", () => {
  const paths = ["main.py", "shop/cart.py", "shop/__init__.py", "data.csv", "my-file.py", "ü.py"];
  expect(ownModules(paths)).toEqual(["main", "shop", "ü"]);
});

it("finds the words of a line", () => {
  const content = "def f():\n    return (\n\n";
  const words = (line: number) => {
    const { from, to } = wordsOfLine(content, line);
    return [from, content.slice(from, to)];
  };
  expect([1, 2, 3, 4, 9].map(words)).toEqual([
    [0, "def f():"],
    [13, "return ("],
    [22, ""],
    [23, ""],
    [23, ""],
  ]);
});

it("counts errors and all others", () => {
  expect(counted([problem(0, 1), { ...problem(1, 2), severity: "error" }])).toEqual({
    errors: 1,
    others: 1,
  });
});

it("knows only one end of lines", () => {
  expect(asEdited("a\r\nb\rc\n")).toBe("a\nb\nc\n");
});
