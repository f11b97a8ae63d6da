import { expect, it } from "vitest";
import { LocalHelp } from "./local_help";

const MOST = 512 << 10;
const help = new LocalHelp({ words: async () => null });
const ODD: Readonly<Record<string, string>> = {
  "one word": "a".repeat(MOST),
  "one word and its end": `${"a".repeat(MOST)}!`,
  "lone surrogates": "\ud800\udfff x".repeat(MOST / 4),
  points: "a.".repeat(MOST / 2),
  "open brackets": "([{".repeat(MOST / 3),
  "half a program": "def f(x:\r\n\tif x\r\n        return [\r\n".repeat(MOST / 36),
  quotes: "\"\"\"'''".repeat(MOST / 6),
  "many names": Array.from({ length: MOST / 16 }, (_, at) => `name_${at} = ${at}\n`).join(""),
};

async function seconds(files: readonly { path: string; content: string }[]): Promise<number> {
  const shown = files[0]?.path ?? "";
  const offset = files[0]?.content.length ?? 0;
  const before = performance.now();
  await help.completed({ files, shown, offset }, null, true);
  help.definition({ files, shown, offset });
  help.hover({ files, shown, offset });
  return (performance.now() - before) / 1000;
}

it.each(Object.keys(ODD))("answers in a moment in 512 KiB: %s", async (name) => {
  const took = await seconds([{ path: "main.py", content: ODD[name] ?? "" }]);
  expect(took).toBeLessThan(2);
});

it("answers in a moment in 20 files", async () => {
  const content = (ODD["half a program"] ?? "").slice(0, MOST / 20);
  const files = Array.from({ length: 20 }, (_, at) => ({ path: `part${at}.py`, content }));
  const took = await seconds(files);
  expect(took).toBeLessThan(2);
});
