import { expect, it } from "vitest";
import { uniquePaths } from "./unique_paths";

it("gives the later of two files another name", () => {
  expect(uniquePaths(["a.py", "a.py", "a.py", "x/a.py"])).toEqual([
    "a.py",
    "a-2.py",
    "a-3.py",
    "x/a.py",
  ]);
});

it.each(["../x", "/etc/passwd", "", "a\\b", "x".repeat(300), "a//b", "a\u0000b"])(
  "does not take %j for a path",
  (path) => {
    expect(uniquePaths(["main.py", path])).toEqual(["main.py", "file2.txt"]);
  },
);

it("knows endings", () => {
  expect(uniquePaths([".env", ".env", "a/Makefile", "a/Makefile"])).toEqual([
    ".env",
    ".env-2",
    "a/Makefile",
    "a/Makefile-2",
  ]);
});
