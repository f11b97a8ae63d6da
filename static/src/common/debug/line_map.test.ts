import { describe, expect, test } from "vitest";
import { LineMap } from "./line_map";

const PROGRAM = "a\nb\nc\nd\n";

describe("lines of a program whose text was edited", () => {
  test.each<[string, string, readonly (number | null)[]]>([
    ["is as it was", PROGRAM, [1, 2, 3, 4]],
    ["has a line more at its beginning", "new\na\nb\nc\nd\n", [2, 3, 4, 5]],
    ["has lost a line", "a\nc\nd\n", [1, null, 2, 3]],
    ["has a line edited in place", "a\nb + 1\nc\nd\n", [1, 2, 3, 4]],
    ["has edits at several places", "new\na\nb + 1\nc\nmore\nd\n", [2, 3, 4, 6]],
    ["has two lines in place of one", "a\nx\ny\nc\nd\n", [1, null, 4, 5]],
  ])("are found when it %s", (_, text, lines) => {
    const map = new LineMap(PROGRAM, text);
    expect([1, 2, 3, 4].map((line) => map.toText(line))).toEqual(lines);
    lines.forEach((line, index) => {
      if (line !== null) expect(map.toProgram(line)).toBe(index + 1);
    });
  });

  test("that were added are not in the program", () => {
    const map = new LineMap(PROGRAM, "a\nnew\nb\nc\nd\n");
    expect(map.toProgram(2)).toBeNull();
    expect(map.toProgram(3)).toBe(2);
  });

  test("without code lead to the next line where a program can stop", () => {
    const program = "# first\n\nif x:  # why\n    y = 1\nelse:\n    # so\n    y = 2\n# end\n";
    const map = new LineMap(program, program);
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((line) => map.toStop(line))).toEqual([
      3, 3, 3, 4, 7, 7, 7, 8,
    ]);
  });

  test("of a text that explains lead to the code below it", () => {
    const program = [
      "def f(x):", // 1
      '    """Says', // 2
      "    # what it does.", // 3
      '    """', // 4
      "    global total, other  # both", // 5
      "    total = r'''", // 6
      "text", // 7
      "'''", // 8
      "    'a text alone'", // 9
      "    return '# no comment' + x", // 10
      '"""end""" # of it', // 11
    ].join("\n");
    const map = new LineMap(program, program);
    const lines = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    expect(lines.map((line) => map.toStop(line))).toEqual([1, 6, 6, 6, 6, 6, 7, 8, 10, 10, 11]);
  });

  test.each([
    ["x = 'it\\'s' # '''", 1],
    ['print("""a""", """b""")', 1],
    ['"""a""".strip()', 1],
    ["global_total = 1", 1],
    ["f'{x}'", 1],
    ["  'it\\'s' 'so'  # and so", 2],
    ["'not closed", 2],
  ])("%j has code, or not", (line, stop) => {
    const program = `${line}\ny = 1`;
    expect(new LineMap(program, program).toStop(1)).toBe(stop);
  });

  test("of another program are not looked for one by one", () => {
    const long = (word: string) =>
      Array.from({ length: 3000 }, (_, n) => `${word} ${n}`).join("\n");
    const map = new LineMap(`${long("a")}\nend`, `${long("b")}\nmore\nend`);
    expect(map.toProgram(1)).toBeNull();
    expect(map.toProgram(3002)).toBe(3001);
  });

  test("of a text with the same lines keep their order", () => {
    const map = new LineMap("x\nx\nx\n", "x\ny\nx\nx\n");
    const found = [1, 2, 3].map((line) => map.toText(line) ?? 0);
    expect(found).toEqual([...found].sort((one, other) => one - other));
  });
});
