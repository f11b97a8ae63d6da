import { describe, expect, it } from "vitest";
import { lastError } from "./last_error";
import { PlaceFinder } from "./places";

const GCC = String.raw`^(?<path>[^:\s][^:]{0,4095}):(?<line>\d{1,9}):(?<column>\d{1,9}): `;
const PYTHON = String.raw`^\s*File "(?<path>[^"]{1,4096})", line (?<line>\d{1,9})`;
const COLON = String.raw`(?<path>[\w./-]{1,255}):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?`;

function found(output: string, pattern: string, paths: string[], how: "py" | "compiled" | "run") {
  const finder = new PlaceFinder([pattern], paths, paths[0] ?? "");
  const error = lastError(output.split("\n"), finder, how === "py", how === "compiled");
  return error && [error.path, error.line, error.message];
}

describe("the error of a run", () => {
  it("is the deepest own frame of Python's last traceback", () => {
    const output = `Traceback (most recent call last):
  File "/home/student/main.py", line 9, in <module>
    f()
  File "/home/student/util.py", line 2, in f
    json.loads("")
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)`;
    expect(found(output, PYTHON, ["main.py", "util.py"], "py")).toEqual([
      "util.py",
      2,
      "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    ]);
  });

  it("is the first error of a compiler, in its words, and no warning", () => {
    const output = `main.c: In function 'main':
main.c:2:9: warning: unused variable 'a' [-Wunused-variable]
    2 |     int a;
      |         ^
main.c:3:12: error: 'x' undeclared (first use in this function)
    3 |     return x;
      |            ^
main.c:3:12: note: each undeclared identifier is reported only once
main.c:9:1: error: expected ';'`;
    expect(found(output, GCC, ["main.c"], "compiled")).toEqual([
      "main.c",
      3,
      "error: 'x' undeclared (first use in this function)",
    ]);
  });

  it("is a warning of a compiler that says nothing else", () => {
    expect(found("main.c:2:9: warning: a", GCC, ["main.c"], "compiled")?.[1]).toBe(2);
  });

  it("is no warning of the compiler of a program that ends with an error", () => {
    const output =
      "main.c:2:9: warning: unused variable 'a' [-Wunused-variable]\nSegmentation fault";
    expect(found(output, GCC, ["main.c"], "run")).toBeNull();
    const at = `${output}\nmain.c:9: boom`;
    expect(found(at, GCC, ["main.c"], "run")).toEqual(["main.c", 9, "boom"]);
  });

  it("is the linker's, which names no column, and no warning before it", () => {
    const output = `main.c:2:9: warning: unused variable 'a' [-Wunused-variable]
/usr/bin/ld: main.c:5: undefined reference to \`helper'`;
    expect(found(output, GCC, ["main.c"], "compiled")?.[1]).toBe(5);
  });

  it.each([
    [
      "Java",
      `Exception in thread "main" java.lang.ArithmeticException: / by zero
\tat java.base/java.util.List.of(List.java:3)
\tat Main.divide(Main.java:7)
\tat Main.main(Main.java:3)`,
      ["Main.java"],
      ["Main.java", 7, 'Exception in thread "main" java.lang.ArithmeticException: / by zero'],
    ],
    [
      "Node",
      `/home/student/main.js:2
  throw new Error("boom");
  ^

Error: boom
    at f (/home/student/main.js:2:9)
    at Object.<anonymous> (/home/student/main.js:5:1)`,
      ["main.js"],
      ["main.js", 2, "Error: boom"],
    ],
    [
      "Rust",
      `error[E0425]: cannot find value \`x\` in this scope
 --> main.rs:2:5
  |
2 |     x
  |     ^ not found in this scope`,
      ["main.rs"],
      ["main.rs", 2, "error[E0425]: cannot find value `x` in this scope"],
    ],
    [
      "Ruby",
      "main.rb:2:in `f': boom (RuntimeError)\n\tfrom main.rb:5:in `<main>'",
      ["main.rb"],
      ["main.rb", 2, "in `f': boom (RuntimeError)"],
    ],
    [
      "Perl",
      "boom at main.pl line 3.",
      ["main.pl"],
      ["main.pl", 3, "boom"], // by the general pattern
    ],
    [
      "Lua",
      `lua: main.lua:3: attempt to call a nil value (global 'f')
stack traceback:
\tmain.lua:3: in main chunk`,
      ["main.lua"],
      ["main.lua", 3, "attempt to call a nil value (global 'f')"],
    ],
    [
      "PHP",
      "PHP Fatal error:  Uncaught Exception: boom in /home/student/main.php:3",
      ["main.php"],
      ["main.php", 3, "PHP Fatal error:  Uncaught Exception: boom"],
    ],
  ])("is the first frame of a trace: %s", (_, output, paths, wanted) => {
    expect(found(output, COLON, paths, "run")).toEqual(wanted);
  });

  it("is the last one of several that are far apart", () => {
    const output = `main.rb:1: first\n${"out\n".repeat(20)}main.rb:2: second\nmain.rb:3: from`;
    expect(found(output, COLON, ["main.rb"], "run")).toEqual(["main.rb", 2, "second"]);
  });

  it("is none where nothing names a file of the program", () => {
    expect(found("other.c:3:4: error: x", GCC, ["main.c"], "compiled")).toBeNull();
    expect(found("", GCC, ["main.c"], "run")).toBeNull();
  });

  it("is looked for in the end of a long output, and is short", () => {
    const noise = Array.from({ length: 100_000 }, (_, n) => `line ${n}`);
    const output = [...noise, `main.c:7:1: error: ${"x".repeat(1500)}`];
    const finder = new PlaceFinder([GCC], ["main.c"], "main.c");
    const begun = performance.now();
    const error = lastError(output, finder, false, false);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(error?.message.length).toBe(300);
  });
});
