import { beforeEach, expect, it } from "vitest";
import type { KeyValueStore } from "../chrome/browser_storage";
import { type Draft, Drafts } from "./drafts";

/** A browser's storage that holds so many characters. */
class SmallStore implements KeyValueStore {
  readonly items = new Map<string, string>();
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    const others = [...this.items].filter(([key]) => key !== name);
    const used = others.reduce((sum, [, text]) => sum + text.length, value.length);
    if (used > this.#room) throw new Error("QuotaExceededError");
    this.items.set(name, value);
  }

  removeItem(name: string): void {
    this.items.delete(name);
  }
}

function draft(text: string, dirty: boolean, at: number): Draft {
  const files = [{ path: "main.py", content: text }];
  const content = { title: "T", language: "python", main: "main.py", files };
  return { id: 1, version: 1, content, share: null, dirty, at };
}

let store: SmallStore;
let drafts: Drafts;
beforeEach(() => {
  store = new SmallStore(5_000_000);
  drafts = new Drafts("ada", store);
});

it("gives back what was kept, to the same person only", () => {
  drafts.put("7", draft("text", true, 1));
  expect(drafts.get("7")?.content.files[0]?.content).toBe("text");
  expect(new Drafts("grace", store).get("7")).toBeNull();
});

it("names what the server lacks, the newest first", () => {
  drafts.put("1", draft("", true, 1));
  drafts.put("2", draft("", false, 2));
  drafts.put("new-a", draft("", true, 3));
  expect(drafts.unsaved()).toEqual(["new-a", "1"]);
});

it("forgets clean copies first, the oldest of them, and never an unsaved text", () => {
  const large = "x".repeat(700_000);
  drafts.put("unsaved", draft(large, true, 1));
  for (const number of [2, 3, 4, 5]) drafts.put(`${number}`, draft(large, false, number));
  expect(drafts.get("unsaved")).not.toBeNull();
  expect(drafts.get("2")).toBeNull();
  expect(drafts.get("5")).not.toBeNull();
});

it("says when the browser has no room at all", () => {
  const full = new Drafts("ada", new SmallStore(10));
  expect(full.put("1", draft("text", true, 1))).toBe(false);
});

it("makes room among clean copies when the browser has less than expected", () => {
  const tight = new Drafts("ada", new SmallStore(1500));
  tight.put("old", draft("x".repeat(900), false, 1));
  expect(tight.put("new", draft("y".repeat(900), true, 2))).toBe(true);
  expect(tight.get("old")).toBeNull();
});

it("takes broken storage for an empty one", () => {
  store.setItem("coderunner:ada:draft:1", "{not JSON");
  store.setItem("coderunner:ada:draft:2", '{"version":1,"content":{}}');
  expect([drafts.get("1"), drafts.get("2"), drafts.unsaved()]).toEqual([null, null, []]);
});
