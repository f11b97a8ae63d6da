import { expect, it } from "vitest";
import type { KeyValueStore } from "../chrome/browser_storage";
import { forgetUser } from "./traces";

function storeOf(...names: string[]): KeyValueStore {
  const items = new Map(names.map((name) => [name, "x"]));
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

it("removes all that is stored for one user, and nothing of others", () => {
  const browser = storeOf(
    "coderunner:ada:draft:1",
    "coderunner:adam:draft:1",
    "coderunner:ada:snippet",
    "coderunner:ada:draft:new-1",
    "other",
  );
  const tab = storeOf("coderunner:ada:run", "coderunner:bob:run");
  forgetUser("ada", [browser, tab]);
  const left = (store: KeyValueStore) =>
    Array.from({ length: store.length }, (_, index) => store.key(index));
  expect(left(browser)).toEqual(["coderunner:adam:draft:1", "other"]);
  expect(left(tab)).toEqual(["coderunner:bob:run"]);
});
