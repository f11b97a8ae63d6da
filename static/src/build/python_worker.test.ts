import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { withFiles, withoutMessages, withoutPackages } from "./python_worker";

const BEFORE = '9572(e){e.exports={"/typeshed/LICENSE":\'The "licence", a }\\\' text\',';
const STUBS = '"/typeshed/stubs/six/six.pyi":"a=1,\\"}\\"","/typeshed/stubs/x.pyi":\'\',';
const STDLIB = '"/typeshed/stdlib/io.pyi":`def open(): {}`';

function evaluated(source: string): Record<string, string> {
  const module = { exports: {} };
  new Function("e", `${source.slice(source.indexOf("{") + 1, source.indexOf("}},after"))}}`)(
    module,
  );
  return module.exports;
}

it("leaves out the stubs of packages, and nothing else", () => {
  const kept = withoutPackages(`${BEFORE}${STUBS}${STDLIB}}},after(){}`);
  expect(evaluated(kept)).toEqual({
    "/typeshed/LICENSE": 'The "licence", a }\' text',
    "/typeshed/stdlib/io.pyi": "def open(): {}",
  });
  expect(withoutPackages(`${BEFORE}${STDLIB},"/typeshed/stubs/x.pyi":""}},after`)).toBe(
    `${BEFORE}${STDLIB}}},after`,
  );
});

it("fails when the package is laid out otherwise", () => {
  expect(() => withoutPackages("var x=1")).toThrow("layout");
  expect(() => withoutPackages(`${BEFORE}"a`)).toThrow("layout");
  expect(() => withFiles(`a.apply({[n]:""})`)).toThrow("layout");
});

it("keeps English and German messages", () => {
  const messages = (words: string) => `1(e){e.exports=JSON.parse('{"CodeAction":{${words}}}')},`;
  const [english, german] = [
    '"createTypeStub":{"message":"It\\\\\'s"}',
    '"a":"Type Stub erstellen"',
  ];
  const source = messages(english) + messages(german) + messages('"a":"Créer \\\'un\\\' Stub"');
  expect(withoutMessages(source)).toBe(
    `${messages(english)}${messages(german)}1(e){e.exports=JSON.parse('{}')},`,
  );
});

it("fits the package that is installed", () => {
  const found = createRequire(import.meta.url).resolve("browser-basedpyright/package.json");
  const source = readFileSync(join(dirname(found), "dist/pyright.worker.js"), "utf8");
  const made = withFiles(withoutMessages(withoutPackages(source)));
  expect(made.length).toBeLessThan(source.length / 2);
  expect(made).not.toContain("/typeshed/stubs/");
  expect(made).toContain('"/typeshed/stdlib/builtins.pyi"');
  expect(made).toContain("Type Stub erstellen");
  expect(made).not.toContain("Créer un Stub");
  expect(made.match(/\.files\?\?\{\[n\]:""\}/g)).toHaveLength(2);
});
