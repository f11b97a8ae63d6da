import { expect, it } from "vitest";
import { fileName } from "./snippet_download";

it.each([
  ["My program", "My program"],
  ['a/b\\c:"d"', "a b c d"],
  ["../..", "snippet"],
])("calls the file of %j %j", (title, name) => {
  expect(fileName(title)).toBe(name);
});
