import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { opensWindows } from "./opens_windows";

/** As `runner/languages/definitions/` has them. */
function patterns(language: string): string[] {
  const file = new URL(
    `../../../../runner/languages/definitions/${language}.toml`,
    import.meta.url,
  );
  const table = readFileSync(file, "utf8").split("[windows]")[1]?.split("needs")[0] ?? "";
  return [...table.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? "");
}

const PYTHON: readonly (readonly [string, boolean])[] = [
  ["import turtle", true],
  ["import turtle as t\n", true],
  ["from turtle import *", true],
  ["import math, turtle", true],
  ["import random as r, pygame as pg", true],
  ["    import tkinter.ttk", true],
  ["from tkinter import messagebox", true],
  ["import sys\nimport pygame", true],
  ["print('import turtle')", false],
  ["# import turtle", false],
  ["import turtles", false],
  ["from my_turtle import turtle", false],
  ["import math", false],
  ["", false],
];
const JAVA: readonly (readonly [string, boolean])[] = [
  ["import javax.swing.*;", true],
  ["import java.awt.Color;", true],
  ["import java.util.List;", false],
  ["// import javax.swing.JFrame;", false],
];

describe("a program opens windows", () => {
  it.each(PYTHON)("in Python, %j: %s", (content, expected) => {
    expect(opensWindows(patterns("python"), [{ content: "x = 1" }, { content }])).toBe(expected);
  });

  it.each(JAVA)("in Java, %j: %s", (content, expected) => {
    expect(opensWindows(patterns("java"), [{ content }])).toBe(expected);
  });

  it("is found in a long line without delay", () => {
    const started = performance.now();
    opensWindows(patterns("python"), [{ content: `import ${"a, ".repeat(100_000)}` }]);
    opensWindows(patterns("python"), [{ content: `import ${"a ".repeat(100_000)}` }]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("is not known of a pattern that this browser does not understand", () => {
    expect(opensWindows(["("], [{ content: "(" }])).toBe(false);
  });
});
