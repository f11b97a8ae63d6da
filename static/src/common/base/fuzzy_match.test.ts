import { expect, it } from "vitest";
import { matching } from "./fuzzy_match";

const NAMES = ["Run", "Clear the terminal", "Rename the file", "New file"];
const found = (words: string) => matching(words, NAMES, (name) => name);

it("keeps the order when nothing is asked for", () => {
  expect(found("")).toEqual(NAMES);
});

it("puts what begins with the letters first", () => {
  expect(found("r")[0]).toBe("Run");
  expect(found("new f")[0]).toBe("New file");
});

it("finds letters that stand apart", () => {
  expect(found("clt")).toEqual(["Clear the terminal"]);
});

it("leaves out what lacks a letter", () => {
  expect(found("xyz")).toEqual([]);
});
