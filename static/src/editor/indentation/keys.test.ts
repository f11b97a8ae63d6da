import { describe, expect, it } from "vitest";
import { detectIndentation, type Indentation } from "./detect";
import * as keys from "./keys";
import { linesOf } from "./lines";
import { indentationProblem, withoutTabError } from "./tab_error";

const SPACES: Indentation = { tabs: false, size: 4 };

function fileOf(text: string, python = true): keys.FileText {
  return { text, python, indentation: detectIndentation(text, 4, python) ?? SPACES };
}

/** The text, in which `|` is the cursor, after an edit. */
function after(
  marked: string,
  press: (file: keys.FileText, at: number) => keys.Edit | null,
): string {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const edit = press(fileOf(text), at);
  if (!edit) return marked;
  const { from, to, insert, cursor } = edit;
  const changed = text.slice(0, from) + insert + text.slice(to);
  return `${changed.slice(0, from + cursor)}|${changed.slice(from + cursor)}`;
}

const enter = (file: keys.FileText, at: number) => keys.enter(file, at, at);

describe("Backspace", () => {
  it.each([
    ["takes a level", "if x:\n    a()\n    |", "if x:\n    a()\n|"],
    ["takes what is more than a level", "if x:\n    a()\n      |", "if x:\n    a()\n    |"],
    ["takes a level of the file", "if x:\n  a()\n    |b", "if x:\n  a()\n  |b"],
    ["takes a tab", "if x:\n\ta()\n\t\t|", "if x:\n\ta()\n\t|"],
    ["takes spaces behind a tab", "if x:\n\ta()\n\t  |", "if x:\n\ta()\n\t|"],
    ["leaves what is behind a text", "if x:\n    a()    |", "if x:\n    a()    |"],
    ["leaves the end of the line before", "a()\n|    b", "a()\n|    b"],
  ])("%s", (_, before, expected) => {
    expect(after(before, keys.backspace)).toBe(expected);
  });
});

describe("Enter", () => {
  it.each([
    ["keeps tabs", "for i in x:\n\ta()|", "for i in x:\n\ta()\n\t|"],
    ["keeps four spaces", "for i in x:\n    a()|", "for i in x:\n    a()\n    |"],
    ["keeps two spaces", "for i in x:\n  a()|", "for i in x:\n  a()\n  |"],
    ["keeps eight spaces", "if x:\n        a()|", "if x:\n        a()\n        |"],
    ["opens a block as the file does", "if x:\n\ta()\nif y:|", "if x:\n\ta()\nif y:\n\t|"],
    ["opens a block of two", "if x:\n  a()\nif y:|", "if x:\n  a()\nif y:\n  |"],
    ["opens the first block", "if x:|", "if x:\n    |"],
    ["opens behind a comment", "if x:  # why: so|", "if x:  # why: so\n    |"],
    ["opens no block in a comment", "a()  # so:|", "a()  # so:\n|"],
    ["opens no block in a string", 'a = "b:|', 'a = "b:\n|'],
    ["opens no block in a slice", "a[1:|", "a[1:\n|"],
    ["is deeper in a bracket", "f(|", "f(\n    |"],
    ["parts two brackets", "if x:\n\tf(|)", "if x:\n\tf(\n\t\t|\n\t)"],
    ["goes back after brackets", "x = f(a,\n      b)|", "x = f(a,\n      b)\n|"],
    ["goes back after a joined line", "x = a + \\\n    b|", "x = a + \\\n    b\n|"],
    ["opens behind a long head", "def f(a,\n      b):|", "def f(a,\n      b):\n    |"],
    ["keeps a string as it is", 'a = """\n\t x|', 'a = """\n\t x\n\t |'],
    ["takes the rest along", "if x:\n\ta()| ; b()", "if x:\n\ta()\n\t|; b()"],
    ["moves a line down", "if x:\n|\ta()", "if x:\n\n\t|a()"],
    ["leaves no blanks", "if x:\n    |", "if x:\n\n    |"],
    [
      "keeps a block of tabs in a file of spaces",
      "def f():\n    a()\n    b()\nif x:\n\ta()|",
      "def f():\n    a()\n    b()\nif x:\n\ta()\n\t|",
    ],
    [
      "opens in a block of tabs as that does",
      "if x:\n    a()\n    b()\nif y:\n\tif z:|",
      "if x:\n    a()\n    b()\nif y:\n\tif z:\n\t\t|",
    ],
    [
      "keeps tabs that stand before spaces",
      "if x:\n\tif y:\n\t    a()|",
      "if x:\n\tif y:\n\t    a()\n\t    |",
    ],
  ])("%s", (_, marked, wanted) => {
    expect(after(marked, enter)).toBe(wanted);
  });

  it("knows only brackets in other languages", () => {
    const file = fileOf("if (x) {", false);
    expect(keys.enter(file, 8, 8).insert).toBe("\n    ");
    expect(keys.enter(fileOf("case 1:", false), 7, 7).insert).toBe("\n");
  });
});

describe("Tab", () => {
  it.each([
    ["goes to the first level", "if x:\n|", "if x:\n    |"],
    ["goes to the level of the line above", "if x:\n\ta()\n|", "if x:\n\ta()\n\t|"],
    ["goes on behind it", "if x:\n\ta()\n\t|b()", "if x:\n\ta()\n\t\t|b()"],
    ["adds spaces up to a column", "ab|", "ab  |"],
    ["adds a tab in a file of tabs", "if x:\n\ta()|", "if x:\n\ta()\t|"],
    ["is of two spaces where the file is", "if x:\n  a()\n  |", "if x:\n  a()\n    |"],
  ])("%s", (_, marked, wanted) => {
    expect(after(marked, keys.tab)).toBe(wanted);
  });
});

describe("Shift+Tab", () => {
  it.each([
    ["goes back by a tab", "if x:\n\tif y:\n\t\ta()|", "if x:\n\tif y:\n\ta()|"],
    ["goes back by a level", "if x:\n    a()\n    b()|", "if x:\n    a()\nb()|"],
    ["goes back to a line around", "if x:\n  if y:\n        a()|", "if x:\n  if y:\n      a()|"],
    ["goes back from too many", "if x:\n   a()|", "if x:\na()|"],
    ["stays at the edge", "a()|", "a()|"],
  ])("%s", (_, marked, wanted) => {
    expect(after(marked, keys.shiftTab)).toBe(wanted);
  });
});

describe("a colon", () => {
  it.each([
    ["ends an if", "if x:\n    a()\n    else:|", "if x:\n    a()\nelse:|"],
    [
      "ends an inner if",
      "if x:\n\tif y:\n\t\ta()\n\t\telif z:|",
      "if x:\n\tif y:\n\t\ta()\n\telif z:|",
    ],
    ["ends a try", "try:\n  a()\n  except E:|", "try:\n  a()\nexcept E:|"],
    ["ends a loop", "for a in b:\n    c()\n    else:|", "for a in b:\n    c()\nelse:|"],
    ["is at the right place", "if x:\n    a()\nelse:|", "if x:\n    a()\nelse:|"],
    ["stays without an if", "def f():\n    else:|", "def f():\n    else:|"],
    ["stays in a string", 'if x:\n    a = """\n    else:|', 'if x:\n    a = """\n    else:|'],
  ])("%s", (_, marked, wanted) => {
    expect(after(marked, keys.colon)).toBe(wanted);
  });
});

describe("several lines", () => {
  const shift = (text: string, out: boolean, from = 0, to = text.length) =>
    keys
      .shiftLines(fileOf(text), from, to, out)
      .reduceRight((all, edit) => all.slice(0, edit.from) + edit.insert + all.slice(edit.to), text);

  it.each([
    ["tabs", "if x:\n\ta()\n", "\tif x:\n\t\ta()\n"],
    ["spaces", "if x:\n  a()\n", "  if x:\n    a()\n"],
    ["lines without text", "a()\n\nb()\n", "    a()\n\n    b()\n"],
  ])("are indented and come back: %s", (_, text, wanted) => {
    expect(shift(text, false)).toBe(wanted);
    expect(shift(wanted, true)).toBe(text);
  });

  it("a line that ends the selection at its start is not touched", () => {
    expect(shift("a()\nb()\n", false, 0, 4)).toBe("    a()\nb()\n");
  });

  it("in a block of tabs take tabs, also in a file of spaces", () => {
    const text = "if x:\n    a()\n    b()\nif y:\n\ta()\n\tb()\n";
    const at = text.indexOf("\ta()");
    expect(shift(text, false, at, text.length)).toBe(
      "if x:\n    a()\n    b()\nif y:\n\t\ta()\n\t\tb()\n",
    );
  });
});

it("puts several cursors where each has typed", () => {
  const file = fileOf("if x:\n\ta()\n\tb()\n");
  const selections = [10, 15].map((at) => ({ from: at, to: at }));
  const each = selections.map(({ from, to }) => [keys.enter(file, from, to)]);
  expect(keys.selectionsAfter(selections, each)).toEqual([
    { from: 12, to: 12 },
    { from: 19, to: 19 },
  ]);
});

const FILES = [
  "",
  "if x:\n\ta()\n\tif y:\n\t\tb()\n\t\tc()\nd()\n",
  "def f():\n  a()\n  for i in x:\n    b()\n  return c\nif y:\n\tg()\n\tif z:\n\t\th()\n",
  "if x:\n        a()\n        if y:\n                b()\nif z:\n\tc()\n\tif w:\n\t    d()\n\t    e()\n",
  "class A:\n    def f(self,\n\t\t  other):\n        a = '''\n\tx\n'''\n        return [\n\t\t1,\n        ]\n",
];

function strings(text: string): number {
  return linesOf(text, true).filter(({ start }) => start === "string").length;
}

/** A generator whose numbers are the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    yield state / 2 ** 32;
  }
}

it.each(FILES.map((text, index) => [index, text] as const))(
  "no sequence of our keys makes a TabError in file %i",
  (seed, start) => {
    const random = numbers(seed + 1);
    const next = (below: number) => Math.floor((random.next().value as number) * below);
    expect(indentationProblem(start)).not.toBe("TabError");
    for (let trial = 0; trial < 300; trial += 1) {
      let text = start;
      for (let press = 0; press < 6; press += 1) {
        const before = text;
        const at = next(text.length + 1);
        const to = Math.min(text.length, at + next(40));
        const file = fileOf(text);
        const choices: (() => readonly keys.Edit[])[] = [
          () => [keys.enter(file, at, at)],
          () => withoutTabError(file, [keys.tab(file, at)]),
          () => withoutTabError(file, [keys.shiftTab(file, at)]),
          () => withoutTabError(file, keys.shiftLines(file, at, to, false)),
          () => withoutTabError(file, keys.shiftLines(file, at, to, true)),
        ];
        const edits = choices[next(choices.length)]?.() ?? [];
        for (const { from, to: end, insert } of [...edits].reverse()) {
          text = text.slice(0, from) + insert + text.slice(end);
        }
        // A line break between quotes makes other lines code, or a string.
        const same = strings(before) === strings(text);
        if (same && indentationProblem(before) !== "TabError") {
          expect(indentationProblem(text), JSON.stringify([before, text])).not.toBe("TabError");
        }
      }
    }
  },
);
