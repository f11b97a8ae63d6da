import { beforeAll, expect, it } from "vitest";
import type { CompletionList, Description, SignatureHelp } from "../../common/intelligence/answers";

/** With the real language service, which takes a second to load. */
let ask: <Answer>(method: string, offset: number, more?: object) => Answer;

const MAIN = `import { area, Shape } from "./shapes.js";
const shape = new Shape(3);
shape.;
area(2, );
console.log(process.argv);
doc
`;
const SHAPES = `/** Computes **an area**. */
export function area(width, height = 1) { return width * height; }
export class Shape {
  constructor(size) { this.size = size; }
  grow(by) { this.size += by; }
}
`;
const after = (text: string) => MAIN.indexOf(text) + text.length;

beforeAll(async () => {
  const { scriptAnswers } = await import("./script_answers");
  const answers = scriptAnswers();
  const changes = [
    ["main.js", MAIN],
    ["shapes.js", SHAPES],
  ];
  ask = (method, offset, more = {}) =>
    answers(method, { shown: "main.js", offset, changes, ...more }) as never;
}, 60_000);

it("knows the members of a class in another file", () => {
  const { items } = ask<CompletionList>("completions", after("shape."));
  expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["grow", "size"]));
  const grow = items.find(({ label }) => label === "grow");
  expect(ask("describe", 0, { source: grow?.source })).toContain("grow(by: any)");
});

it("describes names, and says which parameter comes", () => {
  const { markdown } = ask<Description>("hover", MAIN.indexOf("area(2") + 1);
  expect(markdown).toContain("area(width: any, height?: number): number");
  expect(markdown).toContain("Computes");
  const help = ask<SignatureHelp>("signature", after("area(2, "));
  expect(help.label.slice(help.active?.from, help.active?.to)).toBe("height?: number");
});

it("finds definitions and uses in all files, and renames there", () => {
  const offset = MAIN.indexOf("area(2") + 1;
  const from = SHAPES.indexOf("area(");
  expect(ask("definition", offset)).toEqual([{ path: "shapes.js", from, to: from + 4 }]);
  const uses = ask<{ path: string }[]>("references", offset).map(({ path }) => path);
  expect(uses.sort()).toEqual(["main.js", "main.js", "shapes.js"]);
  const edits = ask<{ path: string }[]>("rename", offset, { newName: "surface" });
  expect(edits.map(({ path }) => path).sort()).toEqual(["main.js", "shapes.js"]);
  expect(ask("renamable", after("area("))).toBeNull();
  expect(ask("rename", MAIN.indexOf("console") + 1, { newName: "x" })).toBeNull();
});

it("knows Node and no browser", () => {
  const { items } = ask<CompletionList>("completions", after("process."));
  expect(items.map(({ label }) => label)).toContain("argv");
  const global = ask<CompletionList>("completions", after("doc")).items;
  expect(global.map(({ label }) => label)).toContain("console");
  expect(global.map(({ label }) => label)).not.toContain("document");
});

it("lists definitions", () => {
  const outline = ask<{ name: string; depth: number }[]>("outline", 0, { shown: "shapes.js" });
  expect(outline.map(({ name, depth }) => `${depth} ${name}`)).toEqual(
    expect.arrayContaining(["0 area", "0 Shape", "1 grow"]),
  );
});

it("takes half-typed code and files that are gone", () => {
  const offset = 3;
  const changes = [
    ["shapes.js", null],
    ["main.js", "class {{{ `${ \ud800"],
  ];
  for (const method of ["completions", "hover", "signature", "definition", "outline"]) {
    expect(() => ask(method, offset, { changes })).not.toThrow();
  }
});
