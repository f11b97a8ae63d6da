import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "vite";

/** The address of the worker. */
const WORKER = "virtual:script-worker";
/** The text of each file of the language's own library. */
const LIBRARY = "virtual:script-library";
const DEV_PATH = "/@script/script_worker.js";
const ENTRY = "static/src/editor/intelligence/script_worker.ts";
/** Without what only browsers have. */
const LIBRARY_FILES = /^lib\.(?:es|decorators).*\.d\.ts$/;

function library(): string {
  const package_ = createRequire(import.meta.url).resolve("typescript/package.json");
  const folder = join(dirname(package_), "lib");
  const names = readdirSync(folder).filter((name) => LIBRARY_FILES.test(name));
  const files = names.map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  return `export default ${JSON.stringify(Object.fromEntries(files))};`;
}

/** By esbuild alone: Rollup would take minutes for the 9 MB of TypeScript. */
async function makeWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    banner: { js: "/*! TypeScript: Copyright (c) Microsoft Corporation, Apache License 2.0 */" },
    plugins: [
      {
        name: "script-library",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^virtual:script-library$/ }, ({ path }) => ({
            path,
            namespace: LIBRARY,
          }));
          onLoad({ filter: /.*/, namespace: LIBRARY }, () => ({ contents: library() }));
        },
      },
    ],
  });
  const [made] = outputFiles;
  if (!made) throw new Error("esbuild has made nothing");
  return made.text;
}

/** Makes the worker for JavaScript and TypeScript, and gives its address to whoever imports it. */
export function scriptWorker(): Plugin {
  let building = false;
  let made: Promise<string> | null = null;
  return {
    name: "script-worker",
    configResolved({ command }) {
      building = command === "build";
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!request.url?.split("?")[0]?.endsWith(DEV_PATH)) return next();
        made ??= makeWorker();
        made.then((source) => {
          response.setHeader("Content-Type", "text/javascript");
          response.end(source);
        }, next);
      });
    },
    resolveId: (id) => (id === WORKER || id === LIBRARY ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${LIBRARY}`) return library();
      if (id !== `\0${WORKER}`) return null;
      if (!building) return `export default "/static${DEV_PATH}";`;
      const source = await makeWorker();
      const file = this.emitFile({ type: "asset", name: "script_worker.js", source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
