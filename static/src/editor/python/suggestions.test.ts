import { expect, it } from "vitest";
import { BESIDE_A_WORKER, type Effort, suggestionsAt, TYPING } from "./suggestions";

const FILES = [
  { path: "main.py", content: "def greet(name):\n    return name\ngr" },
  { path: "helper.py", content: "class Dog:\n    def bark(self):\n        volume = 3\n" },
  { path: "data.csv", content: "Größe,apple\n" },
];
const labels = (path: string, offset: number) =>
  suggestionsAt(FILES, path, offset).map(({ label }) => label);

it("suggests the program's names, Python's words, and the words of all files", () => {
  const found = labels("main.py", 34);
  for (const word of ["greet", "Dog", "bark", "print", "while", "Größe", "apple"]) {
    expect(found).toContain(word);
  }
  expect(found.indexOf("greet")).toBeLessThan(found.indexOf("while"));
  expect(found.indexOf("while")).toBeLessThan(found.indexOf("apple"));
});

it("does not suggest the word that is being typed, or one twice", () => {
  const found = labels("main.py", 34);
  expect(found).not.toContain("gr");
  expect(new Set(found).size).toBe(found.length);
});

it.each(["from helper import Do|", "import Do|", "Do| = 3", "def f(Do|): pass", "class Do|: pass"])(
  "does not take the half of a name for a definition: %s",
  (source) => {
    const offset = source.indexOf("|");
    const files = [{ path: "main.py", content: source.replace("|", "") }, ...FILES.slice(1)];
    const found = suggestionsAt(files, "main.py", offset).map(({ label }) => label);
    expect(found).not.toContain("Do");
    expect(found).toContain("Dog");
  },
);

it("suggests a name that is defined where it is typed and used elsewhere", () => {
  const files = [{ path: "main.py", content: "total = 3\nprint(total)\n" }];
  const [first] = suggestionsAt(files, "main.py", 5);
  expect(first).toEqual({ label: "total", kind: "variable", detail: "total = 3" });
});

it("says how a name is defined", () => {
  const greet = suggestionsAt(FILES, "main.py", 34).find(({ label }) => label === "greet");
  expect(greet).toEqual({ label: "greet", kind: "function", detail: "def greet(name)" });
});

it("suggests members after a dot", () => {
  const files = [{ path: "main.py", content: "class Dog:\n  def bark(self): pass\nDog()." }];
  const found = suggestionsAt(files, "main.py", files[0]?.content.length ?? 0);
  const names = found.map(({ label }) => label);
  expect(names).toContain("bark");
  expect(names).toContain("append");
  expect(names).not.toContain("while");
});

it("suggests only words in other files", () => {
  expect(labels("data.csv", 0)).not.toContain("while");
  expect(labels("data.csv", 0)).toContain("greet");
});

it("stays small with a large file", () => {
  const content = Array.from({ length: 50_000 }, (_, number) => `word${number}`).join(" ");
  expect(suggestionsAt([{ path: "big.txt", content }], "big.txt", 0).length).toBeLessThan(1001);
});

const FAR = "far_away = 1\n";
const FILLER = "value = 3  # nothing else\n".repeat(20_000);
const LARGE = `${FAR}${FILLER}near_by = 2\nresult = ne`;

function names(effort: Effort, content: string, offset = content.length): string[] {
  return suggestionsAt([{ path: "main.py", content }], "main.py", offset, effort).map(
    ({ label }) => label,
  );
}

it("looks around the cursor only, while somebody types in a large file", () => {
  expect(names(BESIDE_A_WORKER, LARGE)).toContain("near_by");
  expect(names(BESIDE_A_WORKER, LARGE)).not.toContain("far_away");
  expect(names(BESIDE_A_WORKER, LARGE)).not.toContain("ne");
  expect(names(BESIDE_A_WORKER, LARGE, FAR.length)).toContain("far_away");
});

it("takes no word that is cut where it stops looking", () => {
  const half = BESIDE_A_WORKER.characters / 2;
  const content = `${"x".repeat(5)}long_name${" y".repeat(half / 2 - 2)}`;
  const found = names(BESIDE_A_WORKER, content);
  expect(found.filter((name) => "xxxxxlong_name".endsWith(name) && name !== "")).toEqual([]);
});

it("keeps nobody waiting who types in the largest program", () => {
  const began = performance.now();
  for (let key = 0; key < 10; key += 1) names(TYPING, LARGE);
  // A tenth of it for each key. Without a limit it is 100 ms and more.
  expect(performance.now() - began).toBeLessThan(500);
});
