import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { ModuleKind, ScriptTarget, transpile } from "typescript";
import { expect, it } from "vitest";
import config from "../../vite.config";

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const SCRIPT = readFileSync(file("static/public/old_browser.js"), "utf8");

interface Browser {
  readonly modules?: boolean;
  readonly supports?: ((property: string, value: string) => boolean) | null;
  readonly css?: boolean;
  readonly late?: boolean;
}

/** Whether a browser shows the sentence, once the page is there. */
function told({ modules = true, supports = () => true, css = true, late = false }: Browser) {
  const removed: string[] = [];
  const sentence = { removeAttribute: (name: string) => removed.push(name) };
  const waiting: (() => void)[] = [];
  let loaded = !late;
  const window = css ? { CSS: supports ? { supports } : {} } : {};
  const document = {
    createElement: () => (modules ? { noModule: false } : {}),
    getElementById: (id: string) => (loaded && id === "old-browser" ? sentence : null),
    addEventListener: (_: string, listener: () => void) => waiting.push(listener),
  };
  runInNewContext(SCRIPT, { window, document });
  loaded = true;
  for (const listener of waiting) listener();
  return removed.includes("hidden");
}

it("is a program of the language of 2009", () => {
  const as = (target: ScriptTarget) => transpile(SCRIPT, { target, module: ModuleKind.None });
  expect(as(ScriptTarget.ES5)).toBe(as(ScriptTarget.ESNext)); // there is nothing to translate
  expect(SCRIPT).not.toMatch(/\b(let|const|class|import|export)\b|=>|`/);
});

it("says nothing in a browser that is new enough", () => {
  expect(told({})).toBe(false);
});

it.each<[string, Browser]>([
  ["without modules", { modules: false }],
  ["without CSS.supports", { supports: null }],
  ["without CSS", { css: false }],
  ["with modules and without light-dark()", { supports: () => false }],
  ["whose page is not there yet", { modules: false, late: true }],
])("tells users of a browser %s", (_, browser) => {
  expect(told(browser)).toBe(true);
});

it("asks for the feature that the styles use", () => {
  const asked: string[] = [];
  told({ supports: (property, value) => asked.push(`${property}: ${value}`) > 0 });
  expect(asked).toEqual(["color: light-dark(red, red)"]);
});

it.each(["templates/base.html", "README.md", "docs/deployment.md"])(
  "%s names the browsers that the front end is built for",
  (path) => {
    const built = typeof config === "function" ? config({ command: "build", mode: "" }) : config;
    const targets = (built as { build: { target: string[] } }).build.target;
    const text = readFileSync(file(path), "utf8");
    expect(targets).toHaveLength(3);
    for (const target of targets) {
      const [, name, version] = /^([a-z]+)([\d.]+)$/.exec(target) ?? [];
      expect(text).toMatch(new RegExp(`${name}[^.]*? ${version?.replace(".", "\\.")}`, "i"));
    }
  },
);
