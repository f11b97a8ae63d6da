import { expect, it } from "vitest";
import { detectIndentation } from "./detect";

it.each([
  ["tabs", "if x:\n\ta()\n", { tabs: true, size: 4 }],
  ["two spaces", "if x:\n  a()\n  if y:\n    b()\n", { tabs: false, size: 2 }],
  ["three spaces", "if x:\n   a()\n", { tabs: false, size: 3 }],
  ["four spaces", "if x:\n    a()\n", { tabs: false, size: 4 }],
  ["eight spaces", "if x:\n        a()\n", { tabs: false, size: 8 }],
  ["nothing", "a()\nb()\n", null],
  ["an empty file", "", null],
  ["a part of a block", "        a()\n        b()\n", { tabs: false, size: 4 }],
  ["aligned arguments", "x = f(a,\n      b)\nif x:\n  a()\n", { tabs: false, size: 2 }],
  ["tabs in a string", 'a = """\n\tx\n\ty\n"""\nif x:\n  a()\n', { tabs: false, size: 2 }],
  ["a comment with a tab", "if x:\n\t# why\n    a()\n", { tabs: false, size: 4 }],
  ["more tabs than spaces", "if x:\n\ta()\n\tb()\nif y:\n    c()\n", { tabs: true, size: 4 }],
  ["more spaces than tabs", "if x:\n\ta()\nif y:\n    c()\n    d()\n", { tabs: false, size: 4 }],
  ["an open bracket", "x = (\ndef f():\n\ta()\n", { tabs: true, size: 4 }],
])("finds %s", (_, text, wanted) => {
  expect(detectIndentation(text, 4, true)).toEqual(wanted);
});

it("takes the preferred size for a file that does not say", () => {
  expect(detectIndentation("        a()\n", 8, true)).toEqual({ tabs: false, size: 8 });
  expect(detectIndentation("if x:\n\ta()\n", 2, true)).toEqual({ tabs: true, size: 2 });
});
