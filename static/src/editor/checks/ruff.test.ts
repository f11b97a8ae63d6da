import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initSync, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
import { beforeAll, expect, it } from "vitest";
import type { RuffLevel } from "../../common/problems/ruff_rules";
import { Ruff } from "./ruff";
import { applied } from "./text_edits";

const target = { version: "3.11", own: ["helper"], tabSize: 4 };
let ruff: Ruff;

beforeAll(() => {
  const wasm = createRequire(import.meta.url).resolve("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm");
  initSync({ module: readFileSync(wasm) });
  ruff = new Ruff((options) => new Workspace(options, PositionEncoding.Utf16));
});

function found(text: string, level: RuffLevel = "errors"): string[] {
  return ruff
    .check({ text, level, target })
    .map(({ code, severity, from, to }) => `${code} ${severity} ${text.slice(from, to)}`);
}

function formatted(text: string, what: "imports" | "all" = "all"): string {
  const result = ruff.format({ text, what, target });
  if ("syntax" in result) throw new Error(result.syntax.message);
  return applied(text, result.edits);
}

it("names what fails, at its place, also behind characters of two code units", () => {
  expect(found("print('😀', missing)\n")).toEqual(["F821 error missing"]);
  expect(found("\ufeffprint(missing)\n")).toEqual(["F821 error missing"]);
  expect(found("'%d %d' % (1,)\n")).toEqual(["F507 error '%d %d' % (1,)"]);
  expect(found("return 3\n")).toEqual(["F706 error return 3"]);
});

it("says nothing of style to beginners, and does at the strict level", () => {
  const text = "import os\n\n\ndef f(a=[]):\n    x = 1\n    if a == None:\n        pass\n";
  expect(found(text)).toEqual([]);
  expect(found(text, "strict")).toEqual([
    "B006 warning []",
    "E711 warning None",
    "F401 warning os",
    "F841 warning x",
  ]);
});

it("knows the version of Python that runs the program", () => {
  const text = 'print(f"{"a"}")\n';
  expect(found(text)).toEqual(['invalid-syntax error "']);
  const newer = { text, level: "errors", target: { ...target, version: "3.13" } } as const;
  expect(ruff.check(newer)).toEqual([]);
});

it.each([
  "if x == 3\n    print(x)\n",
  "for i in range(3):\nprint(i)\n",
  "print('abc\n",
  "x = (1,\n",
  "\tif True:\n        pass\n",
  "x = 1 +\n",
  "def f(:\n",
  "\ud800 = 3\n",
])("finds a syntax error in half-typed code: %j", (text) => {
  expect(found(text)[0]).toMatch(/^invalid-syntax error/);
  expect(ruff.format({ text, what: "all", target })).toHaveProperty(
    "syntax.code",
    "invalid-syntax",
  );
});

it("keeps to the text's length, whatever it contains", () => {
  for (const text of ["", "\n", "\r\n", "x = '\ud800'\n", "a = 1\r\nprint(b)\r\n", "\f\n", "("]) {
    for (const { from, to } of ruff.check({ text, level: "strict", target })) {
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBeLessThanOrEqual(text.length);
    }
  }
});

it("formats, and sorts imports with those of own files last", () => {
  const text = 'import sys\nimport helper\nimport os\nx=[1,2 ]\nprint( "a" ,x,os,sys,helper)\n';
  const imports = "import os\nimport sys\n\nimport helper\n\n";
  expect(formatted(text, "imports")).toBe(`${imports}x=[1,2 ]\nprint( "a" ,x,os,sys,helper)\n`);
  expect(formatted(text)).toBe(`${imports}x = [1, 2]\nprint("a", x, os, sys, helper)\n`);
  expect(formatted(formatted(text))).toBe(formatted(text));
});

it("proposes edits that remove a finding", () => {
  const text = "import os\nprint(3 is 3)\n";
  const [unused] = ruff
    .check({ text, level: "strict", target })
    .filter(({ code }) => code === "F401");
  expect(applied(text, unused?.fix?.edits ?? [])).toBe("print(3 is 3)\n");
});

it("goes on after a text that is nested too deeply", () => {
  expect(() => ruff.check({ text: "(".repeat(100_000), level: "errors", target })).toThrow();
  expect(found("print(missing)\n")).toEqual(["F821 error missing"]);
});
