import { describe, expect, it } from "vitest";
import { explainOutput } from "./explain_output";

describe("the output of a run", () => {
  const files = [{ path: "main.py", content: "import lib\nlib.go()\n" }];

  it("leads to the program's own line, not to a library's", () => {
    const lines = `Traceback (most recent call last):
  File "/home/student/main.py", line 2, in <module>
    lib.go()
  File "/usr/lib/python3/lib.py", line 7, in go
    int("x")
ValueError: invalid literal for int() with base 10: 'x'`.split("\n");
    const found = explainOutput(lines, files, "main.py");
    expect([found?.fault.line, found?.fault.direct, found?.source]).toEqual([2, false, "lib.go()"]);
    expect(found?.explanation?.text).toBe("value.int_text");
  });

  it.each(["/etc/passwd", "/home/student/../main.py", "<script>", "/home/student/other.py"])(
    "that names only %s has no explanation",
    (path) => {
      const lines = [`  File "${path}", line 1, in f`, "    x", "KeyError: 1"];
      expect(explainOutput(lines, files, "main.py")).toBeNull();
    },
  );

  it("that names only lines that no file has has no explanation", () => {
    for (const line of ["0", "9", "999999999"]) {
      const lines = [`  File "/home/student/main.py", line ${line}, in f`, "    x", "KeyError: 1"];
      expect(explainOutput(lines, files, "main.py")).toBeNull();
    }
    const behind = [
      '  File "/home/student/main.py", line 4',
      "    x",
      "SyntaxError: unexpected EOF",
    ];
    expect(explainOutput(behind, files, "main.py")?.fault.line).toBe(4);
  });

  it("of an endless recursion leads to the line that calls again", () => {
    const frame = (line: number) => [`  File "/home/student/main.py", line ${line}, in f`, "    x"];
    const lines = [...frame(2), ...frame(2), ...frame(2), ...frame(1), "RecursionError: too deep"];
    expect(explainOutput(lines, files, "main.py")?.fault.line).toBe(2);
    const once = [...frame(2), ...frame(1), "RecursionError: too deep"];
    expect(explainOutput(once, files, "main.py")?.fault.line).toBe(1);
  });

  it("of code that the program made itself does not speak of a line of the file", () => {
    const lines = `Traceback (most recent call last):
  File "/home/student/main.py", line 2, in <module>
    lib.go()
  File "<string>", line 1
    3 apples
      ^^^^^^
SyntaxError: invalid syntax`.split("\n");
    expect(explainOutput(lines, files, "main.py")?.explanation?.text).toBe("syntax.evaluated");
  });
});
