import { expect, it } from "vitest";
import { detectIndentation, type Indentation } from "./detect";
import type { FileText } from "./keys";
import { pasted, reindented } from "./reindent";
import { indentationProblem } from "./tab_error";

const TABS: Indentation = { tabs: true, size: 4 };
const FOUR: Indentation = { tabs: false, size: 4 };
const TWO: Indentation = { tabs: false, size: 2 };

it.each([
  ["tabs", "if x:\n\ta()\n\tif y:\n\t\tb()\n", FOUR, "if x:\n    a()\n    if y:\n        b()\n"],
  ["four spaces", "if x:\n    a()\n", TABS, "if x:\n\ta()\n"],
  [
    "two spaces",
    "if x:\n  if y:\n    b()\n  c()\n",
    FOUR,
    "if x:\n    if y:\n        b()\n    c()\n",
  ],
  ["four spaces to two", "if x:\n    if y:\n        b()\n", TWO, "if x:\n  if y:\n    b()\n"],
  ["eight spaces", "if x:\n        a()\n", TWO, "if x:\n  a()\n"],
  ["a part of a block", "\t\ta()\n\tb()\n", FOUR, "        a()\n    b()\n"],
  [
    "uneven levels",
    "if x:\n   if y:\n     b()\n   c()\n",
    FOUR,
    "if x:\n    if y:\n        b()\n    c()\n",
  ],
  ["tabs as wide as four spaces", "if x:\n    a()\n\tb()\n", FOUR, "if x:\n    a()\n    b()\n"],
  [
    "tabs as wide as eight spaces",
    "if x:\n    if y:\n\tb()\n    c()\n",
    FOUR,
    "if x:\n    if y:\n        b()\n    c()\n",
  ],
  [
    "aligned arguments",
    "if x:\n\ty = f(a,\n\t      b)\n",
    FOUR,
    "if x:\n    y = f(a,\n          b)\n",
  ],
  ["hanging arguments", "if x:\n\tf(\n\t\ta,\n\t)\n", FOUR, "if x:\n    f(\n        a,\n    )\n"],
  ["comments", "if x:\n\t# why\n\ta()\n", FOUR, "if x:\n    # why\n    a()\n"],
  ["lines of blanks", "if x:\n\ta()\n\t\n\tb()", FOUR, "if x:\n    a()\n    \n    b()"],
])("changes %s", (_, text, wanted, changed) => {
  expect(reindented(text, wanted)).toBe(changed);
  expect(indentationProblem(changed)).not.toBe("TabError");
});

it.each([
  ["what is indented so already", "if x:\n    a()\n", FOUR],
  ["text without indentation", "a()\nb()\n", FOUR],
  ["tabs inside of a line", "if x:\n    a()\t# b\n", FOUR],
  ["strings of several lines", 'a = """\n\tx\n  y\n"""\n', FOUR],
  ["tabs for tabs", "if x:\n\ta()\n", TABS],
])("leaves %s", (_, text, wanted) => {
  expect(reindented(text, wanted)).toBe(text);
});

it("leaves a string inside of what it changes", () => {
  const text = 'def f():\n\t"""One.\n\n\tTwo.\n\t"""\n\treturn 1\n';
  expect(reindented(text, FOUR)).toBe('def f():\n    """One.\n\n\tTwo.\n\t"""\n    return 1\n');
});

function paste(into: string, text: string, python = true): string {
  const at = into.indexOf("|");
  const own = into.replace("|", "");
  const indentation = detectIndentation(own, 4, python) ?? FOUR;
  const file: FileText = { text: own, python, indentation };
  return pasted(file, at, text);
}

const TABBED = 'for i in range(2):\n\tprint("a")\n\tprint("b")\n';

it.each([
  ["an empty file as it is", "|", TABBED, TABBED],
  ["a file without blocks as it is", "a()\n|", TABBED, TABBED],
  ["a file of spaces with spaces", "if x:\n    a()\n|", TABBED, TABBED.replace(/\t/g, "    ")],
  ["a file of two spaces with two", "if x:\n  a()\n|", TABBED, TABBED.replace(/\t/g, "  ")],
  ["a file of tabs with tabs", "if x:\n\ta()\n|", "if y:\n    b()\n", "if y:\n\tb()\n"],
  [
    "a block of tabs with tabs",
    "if x:\n    a()\n    b()\nif y:\n\tc()\n\t|",
    "if z:\n    d()\n",
    "if z:\n\t\td()\n",
  ],
  ["a string as it is", 'a = """\n|', TABBED, TABBED],
  ["brackets as they are", "a = [\n|", "\t1,\n", "\t1,\n"],
  ["the middle of a line as it is", "if x:\n    a = |", "\tb", "\tb"],
  [
    "a block that was begun with a block",
    "for i in x:\n    |",
    "if i:\n\tprint(i)\n",
    "if i:\n        print(i)\n",
  ],
  [
    "a block of tabs that was begun",
    "for i in x:\n\t|",
    "if i:\n  print(i)\n",
    "if i:\n\t\tprint(i)\n",
  ],
  [
    "a deeper place with all lines",
    "if x:\n    if y:\n        |",
    "a()\nb()\n",
    "a()\n        b()\n",
  ],
  ["a place with a line cut at its text", "if x:\n    |", "a()\n    b()\n", "a()\n    b()\n"],
  [
    "a place with a head cut at its text",
    "if x:\n    |",
    "if y:\n        b()\n",
    "if y:\n        b()\n",
  ],
  ["an indented place once", "if x:\n    a()\n    |", "    b()\n    c()\n", "b()\n    c()\n"],
])("fills %s", (_, into, text, wanted) => {
  expect(paste(into, text)).toBe(wanted);
});

it("leaves tabs in other files: they may separate columns", () => {
  expect(paste("if x:\n    a()\n|", "\ta\tb\n", false)).toBe("\ta\tb\n");
});

it("makes one style of mixed text for an empty file", () => {
  const mixed = "if x:\n\ta()\n\tif y:\n\t    b()\nif z:\n    c()\n";
  expect(indentationProblem(paste("|", mixed))).toBeNull();
  expect(paste("|", mixed)).not.toMatch(/^ +\S.*\n\t|^\t.*\n +\S/m);
});
