import { expect, it } from "vitest";
import { isPythonName, isScriptName } from "./names";

it.each(["x", "_", "größe", "漢字", "x1", "match"])("takes %s for a name", (name) => {
  expect(isPythonName(name)).toBe(true);
});

it.each(["", "1x", "a b", "for", "None", "a-b", "a.b", "\ud800", "x\n"])("refuses %j", (name) => {
  expect(isPythonName(name)).toBe(false);
});

it("has other names for scripts", () => {
  expect(["$x", "let", "größe", "lambda", "1x"].map(isScriptName)).toEqual([
    ...[true, false, true, true, false],
  ]);
});
