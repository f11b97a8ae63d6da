import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initSync, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
import { parser } from "@lezer/python";
import { beforeAll, expect, it } from "vitest";
import { adviseOn } from "../../common/advice/advice";
import { ownModules } from "../../common/problems/found_problems";
import { Ruff } from "./ruff";

interface Program {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

const TESTS = new URL("../../../../tests/", import.meta.url);

/** `=== name`, the main file, `--- path` and another file. */
function programsIn(path: string): Program[] {
  const text = readFileSync(new URL(path, TESTS), "utf8");
  return text
    .split(/^=== /m)
    .slice(1)
    .map((each) => {
      const [name = "", ...lines] = each.split("\n");
      const [main = "", ...others] = lines.join("\n").split("\n--- ");
      const files = others.map((other) => {
        const [path = "", ...content] = other.split("\n");
        return { path, content: content.join("\n") };
      });
      return { name, files: [{ path: "main.py", content: `${main.trimEnd()}\n` }, ...files] };
    });
}

/** One file each. */
function filesIn(folder: string): Program[] {
  const names = readdirSync(new URL(folder, TESTS)).filter((name) => name.endsWith(".py"));
  return names.map((name) => {
    const content = readFileSync(new URL(folder + name, TESTS), "utf8");
    return { name, files: [{ path: "main.py", content }] };
  });
}

const OWN = programsIn("errors/correct.txt");
// Written for other tests, by nobody who thought of advice.
const OTHERS = [
  ...programsIn("debugging/beginner_programs.txt"),
  ...filesIn("languages/programs/python/"),
];
const PROGRAMS = [...OWN, ...OTHERS];

let ruff: Ruff;

beforeAll(() => {
  const wasm = createRequire(import.meta.url).resolve("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm");
  initSync({ module: readFileSync(wasm) });
  ruff = new Ruff((options) => new Workspace(options, PositionEncoding.Utf16));
});

it(`knows ${OWN.length} correct programs, and ${OTHERS.length} of other tests`, () => {
  expect(OWN.length).toBeGreaterThanOrEqual(60);
  expect(OTHERS.length).toBeGreaterThanOrEqual(40);
});

it.each(PROGRAMS)("says nothing of a correct program: $name", ({ files }) => {
  const around = {
    files,
    installed: ["numpy"],
    writers: [],
    windows: false,
    forbidden: { modules: [], calls: [] },
    off: [],
  };
  const target = { version: "3.11", own: ownModules(files.map(({ path }) => path)), tabSize: 4 };
  const said = files
    .filter(({ path }) => path.endsWith(".py"))
    .flatMap((file) => [
      ...ruff.check({ text: file.content, level: "errors", target }),
      ...adviseOn(file, parser.parse(file.content).topNode, around),
    ]);
  expect(said.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
});

it("says something of nearly all that print when that name is misspelt", () => {
  // What `exec` and `globals` define, and what a module gives by `*`, ruff cannot know.
  const printing = PROGRAMS.filter(
    ({ files: [main] }) =>
      /\bprint\(/.test(main?.content ?? "") &&
      !/\bexec\(|\bglobals\(|import \*/.test(main?.content ?? ""),
  );
  const noticed = printing.filter(({ files: [main] }) => {
    const text = (main?.content ?? "").replace(/\bprint\(/g, "prnt(");
    const target = { version: "3.11", own: [], tabSize: 4 };
    return ruff.check({ text, level: "errors", target }).some(({ code }) => code === "F821");
  });
  expect(noticed.length).toBeGreaterThan(printing.length - 3);
});
