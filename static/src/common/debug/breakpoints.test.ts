import { describe, expect, test } from "vitest";
import { MAX_BREAKPOINTS } from "../../protocol.gen";
import { BreakpointStore, PLAIN } from "./breakpoints";
import { StoredTexts } from "./stored_texts";

describe("breakpoints", () => {
  test("are set and removed by the same key", () => {
    const store = new BreakpointStore();
    expect(store.toggle("main.py", 3)).toBe(true);
    expect(store.toggle("main.py", 3)).toBe(false);
    expect(store.count).toBe(0);
  });

  test("move with their text, keep what they say, and are gone with their line", () => {
    const store = new BreakpointStore();
    store.set("main.py", 2, { condition: "x > 1", hits: "", log: "" });
    store.toggle("main.py", 5);
    const [first] = store.of("main.py");
    store.move("main.py", [{ id: first?.id ?? 0, line: 4 }]);
    expect(store.of("main.py")).toMatchObject([{ line: 4, condition: "x > 1" }]);
  });

  test("that meet in one line become one", () => {
    const store = new BreakpointStore();
    store.toggle("main.py", 1);
    store.toggle("main.py", 2);
    store.move(
      "main.py",
      store.of("main.py").map(({ id }) => ({ id, line: 1 })),
    );
    expect(store.of("main.py")).toHaveLength(1);
  });

  test("follow the name of their file", () => {
    const store = new BreakpointStore();
    store.toggle("a.py", 1);
    store.rename("a.py", "b.py");
    expect(store.paths).toEqual(["b.py"]);
  });

  test("are read as they were stored", () => {
    const store = new BreakpointStore();
    store.set("main.py", 2, { condition: "x > 1", hits: ">= 5", log: "x is {x}" });
    store.toggle("other.py", 7);
    const again = new BreakpointStore();
    again.load(store.all);
    expect(again.asked("main.py")).toEqual([
      { line: 2, condition: "x > 1", hitCondition: ">= 5", logMessage: "x is {x}" },
    ]);
    expect(again.asked("other.py")).toEqual([{ line: 7 }]);
  });

  test("of which a stored list has two in a line, or says nothing of a text, are read", () => {
    const store = new BreakpointStore();
    store.load([
      { path: "a.py", line: 9 },
      { path: "a.py", line: 2, condition: "x" },
      { path: "a.py", line: 9, log: "again" },
    ]);
    expect(store.all).toEqual([
      { path: "a.py", line: 2, condition: "x", hits: "", log: "" },
      { path: "a.py", line: 9, condition: "", hits: "", log: "" },
    ]);
  });

  test("are asked for where their lines are in the program that runs", () => {
    const store = new BreakpointStore();
    store.toggle("a.py", 2);
    store.set("a.py", 5, { condition: "x", hits: "", log: "" });
    const lineOf = (line: number) => (line === 2 ? null : line - 1);
    expect(store.asked("a.py", lineOf)).toEqual([{ line: 4, condition: "x" }]);
  });

  test("are no more than can be kept", () => {
    const store = new BreakpointStore();
    for (let line = 1; line <= MAX_BREAKPOINTS + 1; line += 1) store.set("a.py", line, PLAIN);
    expect(store.count).toBe(MAX_BREAKPOINTS);
  });
});

describe("texts that are stored for programs", () => {
  test("leave room: the oldest go first", () => {
    const stored = new StoredTexts(null);
    for (let program = 0; program < 60; program += 1) stored.set(String(program), "text");
    expect(stored.get("0")).toBe("");
    expect(stored.get("59")).toBe("text");
  });

  test("move with the key of their program", () => {
    const stored = new StoredTexts(null);
    stored.set("draft", "text");
    stored.move("draft", "7");
    expect(new StoredTexts(stored.toString()).get("7")).toBe("text");
    expect(stored.get("draft")).toBe("");
  });
});
