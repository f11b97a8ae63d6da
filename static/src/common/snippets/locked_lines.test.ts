import { describe, expect, it } from "vitest";
import { keepsLines, LockedLines } from "./locked_lines";

const CODE = "def f(x):\n    # your code\n\nprint(f(2))\n";
const BLOCKS = ["def f(x):", "print(f(2))"];

describe("keepsLines", () => {
  it.each([
    [CODE, true],
    ["def f(x):\n    return x\n    # more\nprint(f(2))", true],
    ["import math\ndef f(x):\nprint(f(2))\n", true],
    ["def f(x, y):\nprint(f(2))\n", false],
    [" def f(x):\nprint(f(2))\n", false],
    ["print(f(2))\ndef f(x):\n", false],
    ["def f(x): print(f(2))", false],
    ["", false],
  ])("%j: %s", (text, kept) => expect(keepsLines(text, BLOCKS)).toBe(kept));

  it("wants a block as often as it is locked", () => {
    expect(keepsLines("a\na\n", ["a", "a"])).toBe(true);
    expect(keepsLines("a\n", ["a", "a"])).toBe(false);
  });
});

describe("LockedLines", () => {
  const undone = (text: string, locked: LockedLines) => {
    const edit = locked.check("main.py", text);
    return edit && text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  };

  it("undoes what changes a locked line, and nothing else", () => {
    const locked = new LockedLines();
    locked.lock("main.py", BLOCKS);
    locked.begin("main.py", CODE);
    const more = CODE.replace("# your code", "return x");
    expect(locked.check("main.py", more)).toBeNull();
    expect(undone(more.replace("f(2)", "f(3)"), locked)).toBe(more);
    expect(undone("", locked)).toBe(more);
    expect(locked.check("other.py", "")).toBeNull();
  });

  it("says where the lines are", () => {
    const locked = new LockedLines();
    locked.lock("main.py", ["def f(x):\n    # your code", "print(f(2))"]);
    locked.begin("main.py", CODE);
    const ranges = [
      { first: 1, last: 2 },
      { first: 4, last: 4 },
    ];
    expect(locked.ranges("main.py")).toEqual(ranges);
    locked.check("main.py", `import math\n${CODE}`);
    expect(locked.ranges("main.py")[1]).toEqual({ first: 5, last: 5 });
    expect(locked.ranges("other.py")).toEqual([]);
    locked.begin("main.py", "x");
    expect(locked.ranges("main.py")).toEqual([]);
  });

  it("locks nothing in a text that has lost the lines", () => {
    const locked = new LockedLines();
    locked.lock("main.py", BLOCKS);
    locked.begin("main.py", "x");
    expect(locked.check("main.py", "y")).toBeNull();
  });

  it("does not take another text that is shown for a change", () => {
    const locked = new LockedLines();
    locked.lock("main.py", BLOCKS);
    locked.begin("main.py", CODE);
    locked.begin("main.py", "x");
    expect(locked.check("main.py", "y")).toBeNull();
  });
});
