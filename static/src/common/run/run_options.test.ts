import { expect, it } from "vitest";
import { NO_OPTIONS, StoredOptions } from "./run_options";

const SET = { args: "--name Ada", keepOpen: true };

it("remembers the options of each program", () => {
  const stored = new StoredOptions(null);
  stored.set("1", SET);
  stored.set("2", { args: "", keepOpen: true });
  const again = new StoredOptions(stored.toString());
  expect(again.get("1")).toEqual(SET);
  expect(again.get("2").keepOpen).toBe(true);
  expect(again.get("3")).toEqual(NO_OPTIONS);
});

it("has no entry for a program without options", () => {
  const stored = new StoredOptions(null);
  stored.set("1", SET);
  stored.set("1", { args: "  ", keepOpen: false });
  expect(stored.toString()).toBe("[]");
});

it("forgets the program that got its options first, when there are too many", () => {
  const stored = new StoredOptions(null);
  for (let program = 0; program < 50; program += 1) stored.set(String(program), SET);
  stored.set("0", { ...SET, keepOpen: false }); // now the newest
  stored.set("50", SET);
  expect(stored.get("1")).toEqual(NO_OPTIONS);
  expect(stored.get("0").args).toBe(SET.args);
  expect(stored.get("50")).toEqual(SET);
});

it("never takes more of the browser's storage than it may", () => {
  const stored = new StoredOptions(null);
  const long = { args: "x".repeat(60_000), keepOpen: false };
  stored.set("1", long);
  stored.set("2", long);
  expect(stored.get("1")).toEqual(NO_OPTIONS);
  expect(stored.get("2")).toEqual(long);
  stored.set("3", { args: "x".repeat(200_000), keepOpen: false });
  expect(stored.toString().length).toBeLessThan(100_000);
});

it.each([
  "",
  "{",
  "null",
  "7",
  '[["1"]]',
  '[["1", null]]',
  '[[1, {"args": "", "keepOpen": true}]]',
])("survives %j in the storage", (text) => {
  expect(new StoredOptions(text).toString()).toBe("[]");
});
