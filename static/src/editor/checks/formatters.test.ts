import { format as clangFormat } from "@wasm-fmt/clang-format/node";
import { format as gofmt } from "@wasm-fmt/gofmt/node";
import { expect, it } from "vitest";
import { clangStyle } from "./clang_style";
import { goFormat } from "./go_format";
import { prettierFormat } from "./prettier";
import type { FormatResult } from "./ruff";
import { applied } from "./text_edits";

const target = { tabSize: 4 };

function result(text: string, found: FormatResult): string {
  return "edits" in found
    ? applied(text, found.edits)
    : `${found.syntax.message} at ${found.syntax.from}`;
}

it("formats JavaScript and TypeScript", async () => {
  const js = "const f=(a)=>{return a+1}\nconsole.log( f(1) )";
  expect(result(js, await prettierFormat({ text: js, path: "main.js", target }))).toBe(
    "const f = (a) => {\n    return a + 1;\n};\nconsole.log(f(1));\n",
  );
  const ts = "let x:number=1";
  expect(result(ts, await prettierFormat({ text: ts, path: "main.ts", target }))).toBe(
    "let x: number = 1;\n",
  );
});

it("says where JavaScript cannot be read", async () => {
  const text = "let a = 1;\nlet b = (;\n";
  const found = await prettierFormat({ text, path: "main.js", target });
  expect(result(text, found)).toMatch(/^Unexpected token \(2:10\) at 20$/);
});

it.each([
  ["main.c", "int main(){int x=1;return x;}", "int main() {\n    int x = 1;\n    return x;\n}"],
  ["Main.java", "class A{void f(){int x=1;}}", "class A {\n    void f() { int x = 1; }\n}"],
  ["main.cs", "class A{}", "class A\n{\n}"],
])("formats %s by the style of the site", (path, text, wanted) => {
  expect(clangFormat(text, path, clangStyle(path, 4)).trim()).toBe(wanted);
});

it("formats Go, and says where it cannot be read", () => {
  const text = "package main\nfunc main(){\nx:=1\n_=x }\n";
  const wanted = "package main\n\nfunc main() {\n\tx := 1\n\t_ = x\n}\n";
  expect(result(text, goFormat({ text, path: "main.go", target }, gofmt))).toBe(wanted);
  const wrong = "package main\nfunc main() {\n";
  expect(result(wrong, goFormat({ text: wrong, path: "main.go", target }, gofmt))).toMatch(
    /^expected '}', found 'EOF' at \d+$/,
  );
});
