import { describe, expect, it } from "vitest";
import { PlaceFinder } from "./places";

const GCC = String.raw`^(?<path>[^:\s][^:]{0,4095}):(?<line>\d{1,9}):(?<column>\d{1,9}): `;
const PYTHON = String.raw`^\s*File "(?<path>[^"]{1,4096})", line (?<line>\d{1,9})`;
const PATHS = ["main.c", "geo/Point.java", "my file.py", "a.h", "b/a.h", "Main.java"];

function found(line: string, patterns: readonly string[] = [], paths = PATHS): string[] {
  return new PlaceFinder(patterns, paths, "main.c")
    .find(line)
    .map(({ start, end, path, line: number, column }) =>
      [line.slice(start, end), path, number, column].join(" | "),
    );
}

describe("places that output names", () => {
  it.each([
    ["main.c:3:5: error: x", "main.c:3:5 | main.c | 3 | 5"],
    ["/home/student/main.c:3: warning", "/home/student/main.c:3 | main.c | 3 | "],
    ["./main.c:12", "./main.c:12 | main.c | 12 | "],
    ["  --> main.c:2:5", "main.c:2:5 | main.c | 2 | 5"],
    ["main.c(3,5): error CS1002: ; expected", "main.c(3,5) | main.c | 3 | 5"],
    ["main.c(7) Fatal: stopped", "main.c(7) | main.c | 7 | "],
    ["died at main.c line 4.", "main.c line 4 | main.c | 4 | "],
    ["in /home/student/main.c on line 8", "/home/student/main.c on line 8 | main.c | 8 | "],
    ["main.c: line 3: x: command not found", "main.c: line 3 | main.c | 3 | "],
    ["\tat geo.Point.area(Point.java:5)", "Point.java:5 | geo/Point.java | 5 | "],
    [
      "    at f (file:///home/student/main.c:3:7)",
      "file:///home/student/main.c:3:7 | main.c | 3 | 7",
    ],
    [
      'File "/home/student/my file.py", line 2',
      '/home/student/my file.py", line 2 | my file.py | 2 | ',
    ],
    ["geo/Point.java:1", "geo/Point.java:1 | geo/Point.java | 1 | "],
    ["日本語 main.c:3", "main.c:3 | main.c | 3 | "],
  ])("finds one in %s", (line, place) => {
    expect(found(line)).toEqual([place]);
  });

  it.each([
    "other.c:3:5: error",
    "/etc/passwd:1:1",
    "/home/student/../../etc/main.c:3",
    "https://evil.example/main.c:3",
    "xmain.c:3",
    "sub/main.c:3",
    "main.c:",
    "main.c",
    "a.h:3", // the own one is a.h, and b/a.h is another
  ])("finds none but the program's own in %s", (line) => {
    const own = line.startsWith("a.h") ? ["b/a.h", "c/a.h"] : PATHS;
    expect(found(line, [GCC, PYTHON], own)).toEqual([]);
  });

  it("finds several in a line, in their order", () => {
    expect(found("main.c:1: see a.h:2 and main.c(3)")).toEqual([
      "main.c:1 | main.c | 1 | ",
      "a.h:2 | a.h | 2 | ",
      "main.c(3) | main.c | 3 | ",
    ]);
  });

  it("takes what the language's patterns find first", () => {
    const [place] = new PlaceFinder([GCC], PATHS, "main.c").find("main.c:3:5: error");
    expect(place).toMatchObject({ start: 0, end: 10, line: 3, column: 5 });
  });

  it("takes the main file where a pattern names none", () => {
    const finder = new PlaceFinder([String.raw`near line (?<line>\d{1,9})`], ["a.sql"], "a.sql");
    expect(finder.findError("Parse error near line 3: x")).toMatchObject({
      path: "a.sql",
      line: 3,
    });
  });

  it.each([
    [["a.sql", "data.csv", "notes"], "a.sql"],
    [["a.sql", "tables/b.sql"], null],
  ])("takes it only if no other file of %j can be meant", (paths, expected) => {
    const finder = new PlaceFinder([String.raw`near line (?<line>\d{1,9})`], paths, "a.sql");
    expect(finder.findError("Parse error near line 3: x")?.path ?? null).toBe(expected);
  });

  it("leaves out a pattern that is none", () => {
    const finder = new PlaceFinder(["(?<path>", PYTHON], ["a.py"], "a.py");
    expect(finder.rejected).toEqual(["(?<path>"]);
    expect(finder.findError('File "a.py", line 3')).toMatchObject({ line: 3 });
  });
});

describe("hostile output", () => {
  const finder = new PlaceFinder([GCC, PYTHON], PATHS, "main.c");

  it.each([
    ["digits", `main.c:${"9".repeat(100_000)}`],
    ["names", "main.c:".repeat(15_000)],
    ["spaces", " ".repeat(100_000)],
  ])("looks for nothing in lines of 100 KB: %s", (_, line) => {
    expect(finder.find(line)).toEqual([]);
    expect(finder.findError(line)).toBeNull();
  });

  it.each([
    ["spaces", " ".repeat(2000)],
    ["names", "main.c:".repeat(285)],
    ["slashes", "/".repeat(2000)],
    ["quotes", `File "${'"'.repeat(1990)}`],
    ["digits", `main.c:${"1".repeat(1990)}`],
    ["homes", "/home/student/".repeat(142)],
  ])("takes little time for the longest lines: %s", (_, line) => {
    const begun = performance.now();
    for (let count = 0; count < 100; count += 1) finder.find(line);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it("finds a bounded number in one line", () => {
    expect(finder.find("main.c:1 ".repeat(200)).length).toBe(50);
  });

  it("takes 10,000 lines with a place each", () => {
    const begun = performance.now();
    for (let count = 1; count <= 10_000; count += 1) finder.find(`main.c:${count}:1: error: x`);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it("gives no line 0", () => {
    expect(finder.find("main.c:0:0")).toMatchObject([{ line: 1, column: 1 }]);
  });
});
