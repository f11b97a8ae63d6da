import { expect, test } from "vitest";
import { findText, MAX_MATCHES } from "./text_search";

const MEGABYTE = 1024 * 1024;
const LONGEST_MS = 2000; // on a busy machine; else 10 to 400

const file = (content: string, path = "main.py") => ({ path, content });
const search = (content: string, text: string, matchCase = false) =>
  findText([file(content)], text, matchCase).matches;
const places = (content: string, text: string, matchCase = false) =>
  search(content, text, matchCase).map(({ line, column, length }) => [line, column, length]);

test("finds nothing for no text", () => {
  expect(findText([file("a")], "", false)).toEqual({ matches: [], more: false });
});

test("tells line, column and the text around each match, by file and place", () => {
  const files = [file("x = 1\n    print(x)  # x"), file("import x", "b.py"), file("y", "a.py")];
  const { matches, more } = findText(files, "x", true);
  expect(more).toBe(false);
  expect(matches.map(({ path, line, column }) => [path, line, column])).toEqual([
    ["main.py", 1, 0],
    ["main.py", 2, 10],
    ["main.py", 2, 16],
    ["b.py", 1, 7],
  ]);
  expect(matches[1]).toMatchObject({ before: "print(", found: "x", after: ")  # x", length: 1 });
});

test("matches either case, or the case that was typed", () => {
  expect(places("Name name NAME", "name")).toHaveLength(3);
  expect(places("Name name NAME", "name", true)).toEqual([[1, 5, 4]]);
  expect(search("ÄRGER ärger", "Ärger").map(({ found }) => found)).toEqual(["ÄRGER", "ärger"]);
});

test("takes signs of patterns as they are", () => {
  for (const text of ["a.b", "x[0]", "(*)", "^$", "a|b", "\\d+", "{1}", "/-,#&'\"", "?"]) {
    expect(places(`ab ${text}`, text, true)).toEqual([[1, 3, text.length]]);
    expect(places("ab xd0", text)).toEqual([]);
  }
});

test("does not let matches overlap", () => {
  expect(places("aaaaa", "aa")).toEqual([
    [1, 0, 2],
    [1, 2, 2],
  ]);
});

test("knows all ends of lines", () => {
  expect(places("x\r\nx\nx\r x\n\nx", "x")).toEqual([
    [1, 0, 1],
    [2, 0, 1],
    [3, 0, 1],
    [4, 1, 1],
    [6, 0, 1],
  ]);
  expect(search("one x two\r\nthree", "x")[0]).toMatchObject({ before: "one ", after: " two" });
});

test("counts places right beside characters whose lower case is longer", () => {
  expect(places("İİ x\n😀 x", "X")).toEqual([
    [1, 3, 1],
    [2, 3, 1],
  ]);
  expect(places("😀😀", "😀")).toHaveLength(2);
});

test("cuts long lines around the match, between characters", () => {
  const [match] = search(`${"😀".repeat(500)}x needle x${"😀".repeat(500)}`, "needle");
  expect(match?.column).toBe(1002);
  expect(match?.before).toMatch(/^…(😀)+x $/u);
  expect(match?.after).toMatch(/^ x(😀)+…$/u);
  expect(`${match?.before}${match?.after}`.length).toBeLessThan(200);
});

test("omits the indentation, unless it was looked for", () => {
  const indentation = " ".repeat(20);
  const [match] = search(`${indentation}print('Hello') # x`, "x");
  expect(match).toMatchObject({ column: 37, before: "print('Hello') # " });
  expect(search("    a", "  ")[1]).toMatchObject({ column: 2, before: "", found: "  " });
});

test("cuts long matches, and knows their whole length", () => {
  const [match] = search(`${"a".repeat(5000)} end`, "a".repeat(5000));
  expect(match).toMatchObject({ column: 0, length: 5000, before: "", after: "…" });
  expect(match?.found.length).toBeLessThan(100);
});

test("stops at a number of matches, and says so", () => {
  expect(findText([file("x".repeat(MAX_MATCHES))], "x", true).more).toBe(false);
  const { matches, more } = findText([file("x"), file("x".repeat(MAX_MATCHES))], "x", true);
  expect(matches).toHaveLength(MAX_MATCHES);
  expect(more).toBe(true);
});

test.each([
  ["one line", "a".repeat(MEGABYTE), "a"],
  ["one line, nothing found", "a".repeat(MEGABYTE), `${"a".repeat(100)}b`],
  ["many lines, found at the end", `${"\n".repeat(MEGABYTE - 6)}needle`, "NEEDLE"],
  ["indentation", `${" ".repeat(MEGABYTE)}x`, " "],
  ["long words, nothing found", "needl ".repeat(MEGABYTE / 6), "needle"],
])("searches 1 MB in time: %s", (_, content, text) => {
  const start = performance.now();
  findText([file(content)], text, false);
  expect(performance.now() - start).toBeLessThan(LONGEST_MS);
});
