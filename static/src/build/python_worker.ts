import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** What the front end imports for the address of the worker. */
const MODULE = "virtual:python-worker";
const RESOLVED = `\0${MODULE}`;
const DEV_PATH = "/@python/python_worker.js";
const TYPESHED = 'exports={"/typeshed/';
/** Stubs of packages: 10 MB, of which those that programs can import come from the server. */
const PACKAGES = '"/typeshed/stubs/';
const MESSAGES = `exports=JSON.parse('{"CodeAction":{`;
/** The messages that stay. English ones have comments; no other has a German sentence. */
const KEPT_MESSAGES = [`${MESSAGES}"createTypeStub":{`, "Type Stub erstellen"];

/** The end of the string that begins at `start`, after its closing quote. */
function endOfString(source: string, start: number): number {
  const quote = source[start];
  let at = start + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Where the value that begins at `start` ends: at a comma or bracket outside of strings. */
function endOfValue(source: string, start: number): number {
  let at = start;
  while (at < source.length && source[at] !== "," && source[at] !== "}") {
    at = /["'`]/.test(source[at] as string) ? endOfString(source, at) : at + 1;
  }
  return at;
}

/** Without the entries of the virtual file system that are stubs of packages. */
export function withoutPackages(source: string): string {
  const start = source.indexOf(TYPESHED);
  if (start < 0) throw new Error("no typeshed in browser-basedpyright: its layout has changed");
  const kept: string[] = [];
  let at = start + TYPESHED.indexOf('"');
  while (source[at] !== "}") {
    const end = endOfValue(source, endOfString(source, at) + 1);
    if (end >= source.length) throw new Error("typeshed has no end: its layout has changed");
    if (!source.startsWith(PACKAGES, at)) kept.push(source.slice(at, end));
    at = source[end] === "," ? end + 1 : end;
  }
  return source.slice(0, start + TYPESHED.indexOf('"')) + kept.join(",") + source.slice(at);
}

/** Without the worker's own messages in languages that the page does not have. */
export function withoutMessages(source: string): string {
  const parts = source.split(MESSAGES);
  return parts
    .map((part, index) => {
      if (index === 0) return part;
      const module = MESSAGES + part;
      if (KEPT_MESSAGES.some((mark) => module.slice(0, 200).includes(mark))) return module;
      const end = endOfString(module, module.indexOf("'"));
      return `exports=JSON.parse('{}'${module.slice(end)}`;
    })
    .join("");
}

const CREATED = '.apply({[n]:""})';

/**
 * Lets `pyright/createFile` bring a tree of files with their text: as it is, each file would be created
 * empty, and be opened like a file of the user's.
 */
export function withFiles(source: string): string {
  const background = `n=N.Uri.parse((0,l.deserialize)(e.data).uri,this.serviceProvider).getPath();this.realFs`;
  const parts = source.split(CREATED);
  if (parts.length !== 3 || !parts[0]?.endsWith(background) || !parts[1]?.endsWith(".fs()")) {
    throw new Error("browser-basedpyright creates files in another way: its layout has changed");
  }
  const [before, between, after] = parts;
  return [
    before,
    `.apply((0,l.deserialize)(e.data).files??{[n]:""})`,
    between,
    `.apply(e.files??{[n]:""})`,
    after,
  ].join("");
}

function packageFile(name: string): string {
  const found = createRequire(import.meta.url).resolve("browser-basedpyright/package.json");
  return readFileSync(join(dirname(found), "dist", name), "utf8");
}

function makeWorker(): string {
  return withFiles(withoutMessages(withoutPackages(packageFile("pyright.worker.js"))));
}

/**
 * Makes the worker for Python of the package `browser-basedpyright`, and gives its address to whoever
 * imports `virtual:python-worker`.
 */
export function pythonWorker(): Plugin {
  let building = false;
  let made = "";
  return {
    name: "python-worker",
    configResolved({ command }) {
      building = command === "build";
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!request.url?.split("?")[0]?.endsWith(DEV_PATH)) return next();
        made ||= makeWorker();
        response.setHeader("Content-Type", "text/javascript");
        response.end(made);
      });
    },
    resolveId: (id) => (id === MODULE ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      if (!building) return `export default "/static${DEV_PATH}";`;
      const source = makeWorker();
      const file = this.emitFile({ type: "asset", name: "python_worker.js", source });
      const licence = packageFile("pyright.worker.js.LICENSE.txt");
      this.emitFile({ type: "asset", name: "python_worker.LICENSE.txt", source: licence });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
