import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { pythonWorker } from "./static/src/build/python_worker";
import { scriptWorker } from "./static/src/build/script_worker";

/** Set by `make dev` (scripts/dev.py): what Vite does not serve itself comes from this server. */
const { DEV_DJANGO, DEV_RELOAD_FILE } = process.env;
/** All but Vite's own files; those of Django's admin lie below /static/, too. */
const DJANGO_PATHS = "^/(static/admin/|(?!static/))";

/** Reloads open pages when Django has been started again, which `make dev` tells by a file. */
function reloadWithDjango(file: string): Plugin {
  return {
    name: "reload-with-django",
    configureServer({ watcher, ws }) {
      watcher.add(file);
      watcher.on("change", (changed) => {
        if (changed === file) ws.send({ type: "full-reload" });
      });
    },
  };
}

/** WORKER_POLICY of coderunner/worker_policy.py. */
const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The dev server, too, sends workers with a policy of their own. */
function workerPolicy(): Plugin {
  return {
    name: "worker-policy",
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const [path = "", query = ""] = (request.url ?? "").split("?");
        const isWorker =
          /[?&]worker_file\b/.test(`?${query}`) || /\/assets\/[^/]*worker[^/]*\.js$/.test(path);
        if (isWorker) response.setHeader("Content-Security-Policy", WORKER_POLICY);
        next();
      });
    },
  };
}

/** What pages of others name has a name that stays: whitenoise serves this folder at the root. */
function nameOf({ name }: { readonly name: string }): string {
  return name === "code_runner" ? "root/embed.js" : "assets/[name]-[hash].js";
}

/** Files for the layers of Monaco that static/src/editor/monaco_loader.ts loads one by one. */
const MONACO_LAYERS = ["base", "platform", "editor/common", "editor/browser", "editor/contrib"];

function chunkOf(id: string): string | undefined {
  // By itself it would become part of a layer, and every page would load that with its first script.
  if (id.includes("vite/preload-helper")) return "preload";
  const layer = MONACO_LAYERS.find((name) => id.includes(`/monaco-editor/esm/vs/${name}/`));
  return layer && `monaco-${layer.split("/").at(-1)}`;
}

/**
 * The oldest supported browsers, of 2024, which know `light-dark()`. They are named in README.md and docs/deployment.md, too, and
 * static/public/old_browser.js tells users of older ones.
 */
const OLDEST_BROWSERS = ["chrome123", "firefox120", "safari17.5"];

/** The manifest's keys, which templates name, are relative to the root: `workspace/main.ts`, `site.ts`. */
export default defineConfig(({ command }) => ({
  root: "static/src",
  // Files name each other relatively: the site may be served below any path.
  base: command === "build" ? "./" : "/static/",
  publicDir: "../public",
  plugins: [
    workerPolicy(),
    pythonWorker(),
    scriptWorker(),
    ...(DEV_RELOAD_FILE ? [reloadWithDjango(DEV_RELOAD_FILE)] : []),
  ],
  server: {
    proxy: DEV_DJANGO ? { [DJANGO_PATHS]: { target: DEV_DJANGO, ws: true } } : {},
  },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    target: OLDEST_BROWSERS,
    // A strict CSP forbids data: URLs for scripts and workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      input: [
        "workspace/main.ts",
        "workspace/room/main.ts",
        "site.ts",
        "pages/account.ts",
        "pages/classes.ts",
        "pages/classroom/live.ts",
        "pages/code.ts",
        "pages/interviews.ts",
        "pages/passkey.ts",
        "visitors/landing.ts",
        "pages/run_detail.ts",
        "visitors/main.ts",
        "embed/code_runner.ts",
        "styles/admin.css",
        "styles/embed.css",
      ].map((name) => `static/src/${name}`),
      output: { manualChunks: chunkOf, entryFileNames: nameOf },
    },
  },
  worker: { format: "es" },
  test: {
    include: ["**/*.test.ts"],
    environment: "node",
    isolate: false, // no test leaves anything behind; a process for each file takes most of the time
    coverage: {
      include: ["**/*.ts"],
      exclude: ["**/*.test.ts", "**/fake_*.ts", "**/*.gen.ts", "**/*.d.ts"],
      reporter: [["text", { skipFull: true }]],
      reportsDirectory: "../../var/coverage/front-end",
    },
  },
}));
