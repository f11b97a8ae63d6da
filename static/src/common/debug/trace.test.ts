import { describe, expect, test } from "vitest";
import { ascii } from "../base/utf8";
import { changedNames, MOST_STEPS, TraceReader, type TraceStep } from "./trace";

const STEP = { type: "trace", event: "line", path: "main.py", line: 1, value: null, output: 0 };

function read(...messages: readonly unknown[]): TraceReader {
  const reader = new TraceReader();
  for (const message of messages) reader.feed(ascii(`${escaped(JSON.stringify(message))}\n`));
  return reader;
}

/** As Python writes JSON. */
function escaped(json: string): string {
  const code = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, "0");
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${code(unit)}`);
}

function step(names: readonly unknown[], objects: readonly unknown[] = [], name = "f"): unknown {
  return { ...STEP, frames: [{ name, line: 1, names }], objects };
}

function changes(before: unknown, after: unknown): string[] {
  const [one, other] = read(before, after).steps;
  return [...changedNames(one, other as TraceStep)];
}

describe("what a step has changed", () => {
  const A = ["a", ["text", "1"]];

  test("is a new name, or another value", () => {
    expect(changes(step([A]), step([A]))).toEqual([]);
    expect(changes(step([A]), step([A, ["b", ["text", "2"]]]))).toEqual(["b"]);
    expect(changes(step([A]), step([["a", ["text", "2"]]]))).toEqual(["a"]);
  });

  test("is what is in an object, for each of its names, and not its number", () => {
    const list = (id: number, ...inside: unknown[]) => [id, "list", "", inside];
    const names = (id: number) => [
      ["a", ["object", id]],
      ["b", ["object", id]],
    ];
    const one = step(names(0), [list(0, ["0", ["text", "1"]])]);
    expect(changes(one, step(names(3), [list(3, ["0", ["text", "1"]])]))).toEqual([]);
    expect(changes(one, step(names(0), [list(0)]))).toEqual(["a", "b"]);
  });

  test("is nothing where another function begins, nor in an object that holds itself", () => {
    expect(changes(step([A]), step([], [], "g"))).toEqual([]);
    const itself = step([["a", ["object", 0]]], [[0, "list", "", [["0", ["object", 0]]]]]);
    expect(changes(itself, itself)).toEqual([]);
  });
});

describe("the output so far", () => {
  test("is what came before the step, whatever characters it has", () => {
    // Python counts 🎲 as one character, JavaScript as two.
    const reader = read(
      { ...STEP, output: 0 },
      { type: "output", text: "🎲🎲\n" },
      { ...STEP, output: 3 },
      { type: "output", text: "é\n" },
      { ...STEP, output: 5 },
    );
    const said = reader.steps.map((_, index) => reader.outputAt(index));
    expect(said).toEqual(["", "🎲🎲\n", "🎲🎲\né\n"]);
  });
});

describe("steps that a program has made up", () => {
  test.each([
    [[]],
    [{ type: "trace" }],
    [{ ...STEP, frames: 5, objects: [[]] }],
    [{ ...STEP, frames: [{ names: [["a"], 5, ["b", ["object", "x"]]] }], objects: [[0, 5, 5, 5]] }],
  ])("are read as far as they are some: %j", (message) => {
    for (const found of read(message).steps) {
      expect(found.line).toBeTypeOf("number");
      expect(changedNames(found, found).size).toBe(0);
    }
  });

  test("are no more than can be kept", () => {
    const reader = new TraceReader();
    const line = ascii(`${JSON.stringify(STEP)}\n`);
    for (let count = 0; count <= MOST_STEPS; count += 1) reader.feed(line);
    expect(reader.steps).toHaveLength(MOST_STEPS);
    expect(reader.cut).toBe(true);
  });
});
