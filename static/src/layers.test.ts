import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

/** biome.json declares which packages of the front end may import which; this checks its patterns. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const REFUSED = [
  ["common/run/one.ts", "../../workspace/run/run_panel"],
  ["common/two.ts", "../editor/editor"],
  ["common/three.test.ts", "../terminal/theme"],
  ["common/base/four.ts", "fflate"],
  ["editor/five.ts", "../workspace/chrome/layout"],
  ["terminal/six.ts", "../editor/editor"],
  ["pages/seven.ts", "../workspace/main"],
  ["workspace/chrome/eight.ts", "../snippets/api"],
  ["workspace/chrome/widgets/nine.ts", "../layout"],
  ["workspace/snippets/ten.ts", "../run/run_panel"],
  ["workspace/snippets/eleven.ts", "../files/upload"],
  ["workspace/files/twelve.ts", "../run/run_panel"],
  ["workspace/run/thirteen.ts", "../files/upload"],
  ["workspace/run/fourteen.ts", "../main"],
  ["workspace/editing/fifteen.ts", "../snippets/snippet_session"],
  ["workspace/files/sixteen.ts", "../editing/clipboard"],
  ["workspace/chrome/seventeen.ts", "../editing/clipboard"],
  ["workspace/problems/nineteen.ts", "../run/run_panel"],
  ["editor/python/eighteen.ts", "../../workspace/main"],
  ["workspace/code_help/nineteen.ts", "../snippets/api"],
  ["artifacts/twenty.ts", "../workspace/chrome/layout"],
  ["workspace/side_panel/twenty_one.ts", "../files/upload"],
] as const;

const ALLOWED = [
  ["common/run/one_allowed.ts", "../../protocol.gen"],
  ["common/run/two_allowed.ts", "../i18n/translate"],
  ["common/three_allowed.test.ts", "vitest"],
  ["editor/four_allowed.ts", "../common/preferences"],
  ["workspace/chrome/five_allowed.ts", "../../common/run/run_state"],
  ["workspace/run/six_allowed.ts", "../snippets/snippet_session"],
  ["pages/eight_allowed.ts", "../terminal/watch_view"],
  ["workspace/editing/nine_allowed.ts", "../chrome/commands"],
  ["workspace/problems/ten_allowed.ts", "../snippets/snippet_session"],
  ["workspace/seven_allowed.ts", "./run/run_panel"],
  ["pages/eleven_allowed.ts", "../artifacts/artifact_viewer"],
  ["workspace/side_panel/twelve_allowed.ts", "../run/run_panel"],
] as const;

/** Beside `path`: a file with the same import as a call. */
function dynamic(path: string): string {
  return join(dirname(path), `dynamic_${basename(path)}`);
}

let folder = "";
let report = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "layers-"));
  copyFileSync(join(ROOT, "biome.json"), join(folder, "biome.json"));
  for (const [path, imported] of [...REFUSED, ...ALLOWED]) {
    const file = join(folder, "static/src", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import type { X } from "${imported}";\nexport type Y = X;\n`);
    writeFileSync(
      join(folder, "static/src", dynamic(path)),
      `export const load = () => import("${imported}");\n`,
    );
  }
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const options = ["--only=style/noRestrictedImports", "--max-diagnostics=none"];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", ...options], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  report = stdout + stderr;
});

afterAll(() => rmSync(folder, { recursive: true }));

function reported(path: string): boolean {
  return report.includes(`static/src/${path}:`);
}

it.each(REFUSED)("refuses that %s imports %s", (path) => {
  expect([reported(path), reported(dynamic(path))]).toEqual([true, true]);
});

it.each(ALLOWED)("allows that %s imports %s", (path) => {
  expect(report).toContain("Checked");
  expect([reported(path), reported(dynamic(path))]).toEqual([false, false]);
});
