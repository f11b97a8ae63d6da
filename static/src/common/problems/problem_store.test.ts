import { expect, it } from "vitest";
import type { Problem } from "./problem";
import { besideOffset, ProblemStore } from "./problem_store";

function problem(file: string, from: number): Problem {
  return { file, from, to: from + 1, severity: "error", code: null, message: `${file} ${from}` };
}

function words(problems: readonly Problem[]): string[] {
  return problems.map(({ message }) => message);
}

it("lets each owner replace only its own problems", () => {
  const store = new ProblemStore();
  store.set("ruff", [problem("b.py", 3), problem("a.py", 9)]);
  store.set("advice", [problem("a.py", 4)]);
  expect(words(store.all())).toEqual(["a.py 4", "a.py 9", "b.py 3"]);
  store.set("ruff", []);
  expect(words(store.all())).toEqual(["a.py 4"]);
  expect(store.owners()).toEqual(["ruff", "advice"]);
});

it("tells of changes, and not of nothing that stays nothing", () => {
  const store = new ProblemStore();
  const told: string[] = [];
  store.onDidChange((owner) => told.push(owner));
  store.set("types", []);
  store.set("types", [problem("a.py", 1)]);
  store.set("types", []);
  store.set("types", []);
  expect(told).toEqual(["types", "types"]);
});

it("goes round the problems of one file, in both directions", () => {
  const all = [problem("a.py", 9), problem("a.py", 2), problem("b.py", 5)];
  const next = (offset: number, step: 1 | -1) => besideOffset(all, "a.py", offset, step)?.from;
  expect([next(0, 1), next(2, 1), next(9, 1)]).toEqual([2, 9, 2]);
  expect([next(0, -1), next(9, -1), next(12, -1)]).toEqual([9, 2, 9]);
  expect(besideOffset(all, "c.py", 0, 1)).toBeNull();
});
