import { expect, it } from "vitest";
import { importedPackages } from "./python_imports";

it.each([
  ["import numpy", ["numpy"]],
  ["import numpy as np, pandas as pd  # both", ["numpy", "pandas"]],
  ["from matplotlib.pyplot import plot", ["matplotlib"]],
  ["try:\n    import a.b.c\nexcept ImportError:\n\timport d", ["a", "d"]],
  ["from . import helper\nfrom .x import y", []],
  ["important = 1\nimports = 2\nfrom_ = 3", []],
  ["import ", []],
  ["import os; import sys", ["os"]],
])("finds the packages of %j", (text, packages) => {
  expect([...importedPackages(text)]).toEqual(packages);
});

it("is bounded", () => {
  const many = Array.from({ length: 5000 }, (_, index) => `import m${index}`).join("\n");
  expect(importedPackages(many).size).toBe(200);
});
