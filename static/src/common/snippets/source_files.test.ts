import { expect, it } from "vitest";
import {
  extensionOf,
  freePath,
  pathMeant,
  pathProblem,
  stemRange,
  titleProblem,
} from "./source_files";

it.each([
  ["main.py", null],
  ["data/números.csv", null],
  ["", "path_empty"],
  ["  ", "path_empty"],
  ["/etc/passwd", "path_absolute"],
  ["../up.py", "path_parts"],
  ["a//b", "path_parts"],
  ["a\\b", "path_characters"],
  ["a\nb", "path_characters"],
  [`${"a/".repeat(8)}b`, "path_deep"],
  ["x".repeat(300), "path_long"],
  ["ü".repeat(101), "path_long"],
  ["Taken.py", "path_twice"],
  ["taken.py/inside", "path_of_folder"],
  ["folder", "path_of_folder"],
])("judges the path %j", (path, problem) => {
  expect(pathProblem(path, ["taken.py", "folder/file"])).toBe(problem);
});

it.each([
  ["My program", null],
  [" ", "title_empty"],
  ["x".repeat(300), "title_long"],
  ["a\tb", "title_characters"],
  ["a\u202eb", "title_characters"],
  ["a\u2066b\u2069", "title_characters"],
  ["a\u200bb", "title_characters"],
  ["a\u200db", "title_characters"],
  ["\ufeffa", "title_characters"],
  ["a\ue000b", "title_characters"],
  ["\u{1f468}\u200d\u{1f469}\u200d\u{1f467} family", null],
  ["\u{1faea} new", null],
  ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", null],
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

it.each([
  ["helper", "helper.py"],
  ["helper.py", "helper.py"],
  ["helper.py.py", "helper.py"],
  ["helper.PY.py", "helper.py"],
  ["helper.", "helper.py"],
  ["  helper.py ", "helper.py"],
  ["HELPER.PY", "HELPER.py"],
  ["data.csv", "data.csv"],
  ["data.csv.csv", "data.csv"],
  ["archive.tar.gz", "archive.tar.gz"],
  ["folder/helper", "folder/helper.py"],
  ["folder.x/helper.py", "folder.x/helper.py"],
  ["folder.x/helper", "folder.x/helper.py"],
  [".hidden", ".hidden"],
  [".py.py", ".py.py"],
  ["folder/", "folder/"],
  ["..", ".."],
  ["", ""],
  ["   ", ""],
])("takes %j for the file %j", (typed, path) => {
  expect(pathMeant(typed, "py")).toBe(path);
});

it("adds no extension where there is none to add", () => {
  expect(pathMeant("Makefile2", extensionOf("Makefile"))).toBe("Makefile2");
  expect(pathMeant("table", extensionOf("data.csv"))).toBe("table.csv");
});

it.each([
  ["helper.py", "helper"],
  ["folder/helper.py", "helper"],
  ["a.b/notes", "notes"],
  [".hidden", ".hidden"],
])("selects of %j only %j", (path, stem) => {
  expect(path.slice(...stemRange(path))).toBe(stem);
});
