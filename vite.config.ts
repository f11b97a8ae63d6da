import { defineConfig } from "vitest/config";

/** The manifest's keys, which templates name, are relative to the root: `workspace/main.ts`, `site.ts`. */
export default defineConfig({
  root: "static/src",
  base: "/static/",
  publicDir: "../public",
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // A strict CSP forbids data: URLs for scripts and workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      input: [
        "workspace/main.ts",
        "site.ts",
        "pages/code.ts",
        "pages/run_detail.ts",
        "styles/embed.css",
      ].map((name) => `static/src/${name}`),
    },
  },
  worker: { format: "es" },
  test: {
    include: ["**/*.test.ts"],
    environment: "node",
    coverage: {
      include: ["**/*.ts"],
      exclude: ["**/*.test.ts", "**/fake_*.ts", "**/*.gen.ts", "**/*.d.ts"],
      reporter: [["text", { skipFull: true }]],
      reportsDirectory: "../../var/coverage/front-end",
    },
  },
});
