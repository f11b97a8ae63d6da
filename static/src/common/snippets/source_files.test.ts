import { expect, it } from "vitest";
import { freePath, languageOf, pathProblem, titleProblem } from "./source_files";

it.each([
  ["main.py", null],
  ["data/números.csv", null],
  ["", "path.empty"],
  ["  ", "path.empty"],
  ["/etc/passwd", "path.absolute"],
  ["../up.py", "path.parts"],
  ["a//b", "path.parts"],
  ["a\\b", "path.characters"],
  ["a\nb", "path.characters"],
  [`${"a/".repeat(8)}b`, "path.deep"],
  ["x".repeat(300), "path.long"],
  ["ü".repeat(101), "path.long"],
  ["Taken.py", "path.taken"],
  ["taken.py/inside", "path.folder"],
  ["folder", "path.folder"],
])("judges the path %j", (path, problem) => {
  expect(pathProblem(path, ["taken.py", "folder/file"])).toBe(problem);
});

it.each([
  ["My program", null],
  [" ", "title.empty"],
  ["x".repeat(300), "title.long"],
  ["a\tb", "title.characters"],
])("judges the title %j", (title, problem) => {
  expect(titleProblem(title)).toBe(problem);
});

it.each([
  ["new.py", "new.py"],
  ["main.py", "main_3.py"],
  ["data/x", "data/x_2"],
  [".hidden", ".hidden_2"],
])("finds a free path for %s", (wanted, free) => {
  expect(freePath(wanted, ["main.py", "main_2.py", "data/x", ".hidden"])).toBe(free);
});

it("colours by the end of the name", () => {
  expect(["a.py", "b/c.CSV", "Makefile", "x.json"].map(languageOf)).toEqual([
    "python",
    "plaintext",
    "plaintext",
    "json",
  ]);
});
