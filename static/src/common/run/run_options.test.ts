import { expect, it } from "vitest";
import { NO_OPTIONS, type RunOptions, StoredOptions } from "./run_options";

const SET: RunOptions = { args: "--name Ada", keepOpen: true, windows: "auto" };

it("remembers the options of each program", () => {
  const stored = new StoredOptions(null);
  stored.set("1", SET);
  stored.set("2", { args: "", keepOpen: true, windows: "auto" });
  const again = new StoredOptions(stored.toString());
  expect(again.get("1")).toEqual(SET);
  expect(again.get("2").keepOpen).toBe(true);
  expect(again.get("3")).toEqual(NO_OPTIONS);
});

it("has no entry for a program without options", () => {
  const stored = new StoredOptions(null);
  stored.set("1", SET);
  stored.set("1", { args: "  ", keepOpen: false, windows: "auto" });
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
  const long: RunOptions = { args: "x".repeat(60_000), keepOpen: false, windows: "auto" };
  stored.set("1", long);
  stored.set("2", long);
  expect(stored.get("1")).toEqual(NO_OPTIONS);
  expect(stored.get("2")).toEqual(long);
  stored.set("3", { args: "x".repeat(200_000), keepOpen: false, windows: "auto" });
  expect(stored.toString().length).toBeLessThan(100_000);
});

it("remembers whether the program gets a window", () => {
  const stored = new StoredOptions(null);
  stored.set("1", { ...NO_OPTIONS, windows: "off" });
  expect(new StoredOptions(stored.toString()).get("1").windows).toBe("off");
});

it("takes an unknown choice of windows, and one of before, for the usual one", () => {
  const before =
    '[["1",{"args":"x","keepOpen":false}],["2",{"args":"x","keepOpen":false,"windows":7}]]';
  const stored = new StoredOptions(before);
  expect([stored.get("1").windows, stored.get("2").windows]).toEqual(["auto", "auto"]);
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
