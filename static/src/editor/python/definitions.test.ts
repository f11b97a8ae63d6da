import { expect, it } from "vitest";
import { definitionAt } from "./definitions";

const MAIN = `import helper
from helper import greet as hello, Dog
from shapes.square import area
import json

total = 0
def add(number: int, times=2) -> int:
    """Adds a number.

    More words."""
    global total
    total = total + number
    for step, (left, right) in enumerate([]):
        print(step, left)
    return total

class Cat(Dog):
    'A cat.'
    legs = 4
    def __init__(self, name):
        self.name = name
        self.speak(legs)
    def speak(self, words): return self.name + words
    def legs_of(self): return legs

legs = 2
add(total, times=legs)
hello(helper.greet("x"), json)
helper.Dog().bark()
with open("f") as file: print(file)
squares = [n * n for n in range(area)]
if (half := total / 2): print(half)
label = "total"
`;
const FILES = [
  { path: "main.py", content: MAIN },
  {
    path: "helper.py",
    content: "def greet(who): return who\nclass Dog:\n  def bark(self): pass\n",
  },
  { path: "shapes/square.py", content: "from .base import area\n" },
  { path: "shapes/base.py", content: "area = 4\n" },
];

/** `|` in the words marks the offset; they stand once in the program. */
function at(words: string): number {
  const start = MAIN.indexOf(words.replace("|", ""));
  expect(start, words).toBeGreaterThanOrEqual(0);
  return start + words.indexOf("|");
}

function lineOf(path: string, offset: number): string {
  const content = FILES.find((file) => file.path === path)?.content ?? "";
  return `${path}:${content.slice(0, offset).split("\n").length}`;
}

it.each([
  ["|add(total, times", "main.py:7"],
  ["add|(total, times", "main.py:7"],
  ["add(to|tal, times", "main.py:6"],
  ["total = total + num|ber", "main.py:7"],
  ["    to|tal = total + number", "main.py:6"],
  ["print(step, le|ft)", "main.py:13"],
  ["self.speak(le|gs)", "main.py:26"],
  ["return le|gs\n", "main.py:26"],
  ["times=le|gs)", "main.py:26"],
  ["self.na|me + words", "main.py:21"],
  ["self.sp|eak(legs)", "main.py:23"],
  ["+ wor|ds", "main.py:23"],
  ["he|llo(helper", "helper.py:1"],
  ["helper.gr|eet(", "helper.py:1"],
  ["(hel|per.greet", "helper.py:1"],
  ["import hel|per\n", "helper.py:1"],
  ["from hel|per import", "helper.py:1"],
  ["class Cat(D|og)", "helper.py:2"],
  ["helper.Dog().ba|rk", "helper.py:3"],
  ["range(ar|ea)", "shapes/base.py:1"],
  [", js|on)", "main.py:4"],
  ["print(fi|le)", "main.py:30"],
  ["[n| * n", "main.py:31"],
  ["print(ha|lf)", "main.py:32"],
])("finds what defines %j", (words, place) => {
  const found = definitionAt(FILES, "main.py", at(words));
  expect(found && lineOf(found.path, found.from)).toBe(place);
});

it.each([
  'label = "to|tal"', // text, no name
  "in enume|rate(", // Python's own
  "    pri|nt(step", // Python's own
  "|= 0",
  "add(total, ti|mes=", // the parameter of a function
])("finds nothing that defines %j", (words) => {
  expect(definitionAt(FILES, "main.py", at(words))).toBeNull();
});

it("knows how a name is defined", () => {
  const { head, doc } = definitionAt(FILES, "main.py", at("ad|d(total")) ?? {};
  expect([head, doc]).toEqual(["def add(number: int, times=2) -> int", "Adds a number."]);
  expect(definitionAt(FILES, "main.py", at("class C|at"))?.doc).toBe("A cat.");
  expect(definitionAt(FILES, "main.py", at("total + num|ber"))?.head).toBe("number: int");
});

it("ends where modules import each other in a circle", () => {
  const files = [
    { path: "a.py", content: "from b import x\nx" },
    { path: "b.py", content: "from a import x\n" },
  ];
  expect(definitionAt(files, "a.py", 17)).not.toBeNull();
});

it.each(["", "def", "class :\n  def (", "x = (", "from  import", "import .", "(((((", 'f"{'])(
  "reads the broken program %j",
  (content) => {
    const files = [{ path: "a.py", content }];
    for (let offset = 0; offset <= content.length; offset += 1) definitionAt(files, "a.py", offset);
  },
);
