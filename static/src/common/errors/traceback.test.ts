import { describe, expect, it } from "vitest";
import { readTraceback } from "./traceback";

function read(text: string) {
  return readTraceback(text.split("\n"));
}

const GROUP = `  + Exception Group Traceback (most recent call last):
  |   File "/home/student/main.py", line 9, in <module>
  |     g()
  |   File "/home/student/main.py", line 8, in g
  |     raise ExceptionGroup("eg", found)
  | ExceptionGroup: eg (3 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/home/student/main.py", line 6, in g
    |     try: h()
    |          ^^^
    | ValueError: invalid literal for int() with base 10: 'x'
    +---------------- 2 ----------------
    | TypeError: b
    +---------------- 3 ----------------
    | ExceptionGroup: in (1 sub-exception)
    +-+---------------- 1 ----------------
      | KeyError: 1
      +------------------------------------`;

const CHAINED = `Traceback (most recent call last):
  File "/home/student/main.py", line 4, in f
    d["a"]
    ~^^^^^
KeyError: 'a'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/home/student/main.py", line 7, in <module>
    f()
  File "/home/student/main.py", line 6, in f
    raise ValueError("multi\\nline")
ValueError: multi
line
Your program ended with an error.`;

describe("a traceback", () => {
  it("has frames, a name without its module, and a message", () => {
    const found = read(`before
Traceback (most recent call last):
  File "/home/student/main.py", line 3, in <module>
    json.loads(text)
  File "/usr/lib/python3.11/json/decoder.py", line 353, in raw_decode
    obj, end = self.scan_once(s, idx)
               ^^^^^^^^^^^^^^^^^^^^^^
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
`);
    expect(found?.name).toBe("JSONDecodeError");
    expect(found?.message).toBe("Expecting value: line 1 column 1 (char 0)");
    expect(found?.rows).toEqual([7, 8]);
    expect(found?.frames).toEqual([
      {
        file: "/home/student/main.py",
        line: 3,
        inside: "<module>",
        source: "json.loads(text)",
        rows: [2, 4],
      },
      {
        file: "/usr/lib/python3.11/json/decoder.py",
        line: 353,
        inside: "raw_decode",
        source: "obj, end = self.scan_once(s, idx)",
        rows: [4, 7],
      },
    ]);
  });

  it("is the last one of a chain, and names the one before", () => {
    const found = read(CHAINED);
    expect([found?.name, found?.message, found?.frames.map(({ line }) => line)]).toEqual([
      "ValueError",
      "multi",
      [7, 6],
    ]);
    expect(found?.before).toEqual({ name: "KeyError", message: "'a'" });
  });

  it("is that of a group, with its exceptions", () => {
    const found = read(GROUP);
    expect([found?.name, found?.frames.map(({ line }) => line)]).toEqual([
      "ExceptionGroup",
      [9, 8],
    ]);
    expect(found?.group.map(({ name, message }) => [name, message])).toEqual([
      ["ValueError", "invalid literal for int() with base 10: 'x'"],
      ["TypeError", "b"],
      ["ExceptionGroup", "in (1 sub-exception)"],
    ]);
  });

  it("of a syntax error has a column, and no function", () => {
    const found = read(`  File "/home/student/main.py", line 2
    print("Hello", (1 + 2)
         ^
SyntaxError: '(' was never closed`);
    expect([found?.name, found?.column, found?.frames[0]?.inside]).toEqual([
      "SyntaxError",
      6,
      null,
    ]);
    expect(found?.frames[0]?.source).toBe('print("Hello", (1 + 2)');
  });

  it("may begin anywhere, and repeats frames", () => {
    const found = read(`    return f(n)
  File "/home/student/main.py", line 2, in f
    return f(n)
  [Previous line repeated 978 more times]
RecursionError: maximum recursion depth exceeded`);
    expect([found?.name, found?.frames.length]).toEqual(["RecursionError", 1]);
  });

  it("is not that of an exception that Python ignored", () => {
    const ignored = `Exception ignored in: <function F.__del__ at 0x7f>
Traceback (most recent call last):
  File "/home/student/main.py", line 3, in __del__
    1 / 0
ZeroDivisionError: division by zero`;
    expect(read(ignored)).toBeNull();
    const both = `Traceback (most recent call last):
  File "/home/student/main.py", line 9, in <module>
    x
NameError: name 'x' is not defined
${ignored}`;
    expect(read(both)?.name).toBe("NameError");
  });

  it("without an exception, or with what is no name, is none", () => {
    expect(read("")).toBeNull();
    expect(read("hello\nworld")).toBeNull();
    expect(read('  File "main.py", line 1, in f\n    x')).toBeNull();
    expect(read('  File "main.py", line 1, in f\n<script>alert(1)</script>')).toBeNull();
  });

  it("is found behind output that only looks like one", () => {
    const found = read(`Traceback (most recent call last):
  File "/home/student/main.py", line 1, in <module>
    x
NameError: name 'x' is not defined
  File "nothing", line 3
<b>no</b>`);
    expect(found?.name).toBe("NameError");
  });
});

describe("the time it takes", () => {
  const frame = '  File "/home/student/main.py", line 2, in f\n    return f(n)\n';
  it.each([
    [
      "10,000 frames",
      `Traceback (most recent call last):\n${frame.repeat(10_000)}RecursionError: deep`,
    ],
    ["10,000 frames without an end", frame.repeat(10_000)],
    ["many that are none", `${frame}<no>\n`.repeat(5_000)],
    ["groups in groups", `  | ${frame.split("\n")[0]}\n  | <no>\n`.repeat(5_000)],
    ["long lines", `${"  File ".repeat(300)}\n`.repeat(1_000)],
    ["one line of 1 MB", `  File "${"a".repeat(1_000_000)}`],
    ["dots", `  File "a", line 1, in f\n${"a.".repeat(990)}`],
    ["marks", `${" ".repeat(1900)}^x\n`.repeat(1_000)],
  ])("is short: %s", (_, text) => {
    const lines = text.split("\n");
    // Processor time in µs: other processes keep this machine busy.
    const begun = process.cpuUsage();
    readTraceback(lines);
    expect(process.cpuUsage(begun).user).toBeLessThan(1_000_000);
  });
});
