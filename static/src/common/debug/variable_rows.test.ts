import { expect, test } from "vitest";
import { DapError } from "./dap_client";
import type { Scope, Variable } from "./debug_state";
import { VariableRows } from "./variable_rows";

const LOCALS: Scope = { name: "Locals", reference: 1 };
const GLOBALS: Scope = { name: "Globals", reference: 2 };
const FRAME = { id: 1, name: "work", path: "main.py", line: 1 };

function variable(name: string, reference = 0, late = false, computed = false): Variable {
  const value = late || computed ? "" : "1";
  return { name, value, type: "int", reference, expression: name, late, computed };
}

function rowsOf(found: Readonly<Record<number, readonly Variable[] | DapError>>): VariableRows {
  return new VariableRows({
    variables: (reference) => {
      const one = found[reference] ?? [];
      return one instanceof DapError ? Promise.reject(one) : Promise.resolve(one);
    },
  });
}

async function shown(rows: VariableRows): Promise<string[]> {
  const made = await rows.rows({ scopes: [LOCALS, GLOBALS], frame: FRAME });
  return (made ?? []).map(({ variable, problem }) => `${variable.name}:${problem}`);
}

test("a value that takes too long says so, and those beside it are shown", async () => {
  const rows = rowsOf({ 1: [variable("before"), variable("slow", 0, true), variable("z")] });
  expect(await shown(rows)).toEqual(["before:", "slow:slow", "z:", "Globals:"]);
});

test("what a method computes is not called, and says so", async () => {
  const rows = rowsOf({ 1: [variable("balance", 0, false, true), variable("z")] });
  expect(await shown(rows)).toEqual(["balance:computed", "z:", "Globals:"]);
});

test.each([
  ["late", new DapError("", true)],
  ["failed", new DapError("")],
])("a scope that is not answered says why: %s", async (problem, error) => {
  expect(await shown(rowsOf({ 1: error }))).toEqual([`:${problem}`, "Globals:"]);
});

test("what is in a value that is not answered says why, at the value", async () => {
  const rows = rowsOf({ 1: [variable("one", 5), variable("z")], 5: new DapError("", true) });
  rows.toggle("work/Locals/one");
  expect(await shown(rows)).toEqual(["one:late", "z:", "Globals:"]);
});

test("what a large value has more of is not called by a setting of the debugger", async () => {
  const more = { ...variable("Unable to handle:"), value: "customize the environment variable" };
  expect(await shown(rowsOf({ 1: [variable("first"), more] }))).toEqual([
    "first:",
    "Unable to handle::more",
    "Globals:",
  ]);
});

test("values of one name are several, each of which opens by itself", async () => {
  const twins = [variable("foo", 5), variable("foo", 6), variable("other")];
  const rows = rowsOf({ 1: twins, 5: [variable("a")], 6: [variable("b")] });
  const made = await rows.rows({ scopes: [LOCALS], frame: FRAME });
  const [first, second, third] = made ?? [];
  expect(first?.key).not.toBe(second?.key);
  // The debugger would set the first one.
  expect([first?.container, second?.container, third?.container]).toEqual([0, 0, 1]);
  rows.toggle(second?.key ?? "");
  expect(await shown(rows)).toEqual(["foo:", "foo:", "b:", "other:", "Globals:"]);
});

test("a name with signs of a path is no path", async () => {
  const found = { 1: [variable("a", 5), variable("a/b", 6), variable("a~1b", 7)] };
  const rows = rowsOf({ ...found, 5: [variable("b", 8)] });
  rows.toggle("work/Locals/a");
  const made = await rows.rows({ scopes: [LOCALS], frame: FRAME });
  expect(new Set(made?.map(({ key }) => key)).size).toBe(4);
});
