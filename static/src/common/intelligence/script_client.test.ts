import { beforeEach, expect, it } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { FakeWorker } from "../base/fake_worker";
import { SupervisedWorker } from "../base/supervised_worker";
import { isScriptPath, ScriptClient } from "./script_client";

let workers: FakeWorker[];
let client: ScriptClient;

beforeEach(() => {
  workers = [];
  const start = () => {
    const worker = new FakeWorker();
    worker.reply = (method) => (method === "hover" ? null : []);
    workers.push(worker);
    return worker;
  };
  client = new ScriptClient(new SupervisedWorker({ start, timer: new FakeTimer() }));
});

const place = (...files: [string, string][]) => ({
  files: files.map(([path, content]) => ({ path, content })),
  shown: "main.js",
  offset: 3,
});
const told = () =>
  workers.at(-1)?.received.map(({ params }) => (params as { changes: unknown }).changes);

it("tells what has changed with each question", async () => {
  await client.hover(place(["main.js", "a\r\nb"], ["data.csv", "x"]));
  await client.hover(place(["main.js", "a\r\nb"], ["lib.ts", "c"], ["list.json", "{}"]));
  await client.definition(place(["main.js", "ab"], ["list.json", "{}"]));
  expect(told()).toEqual([
    [["main.js", "a\nb"]],
    [
      ["lib.ts", "c"],
      ["list.json", "{}"],
    ],
    [
      ["lib.ts", null],
      ["main.js", "ab"],
    ],
  ]);
});

it("tells another worker everything", async () => {
  await client.hover(place(["main.js", "a"]));
  workers[0]?.dies();
  await client.rename(place(["main.js", "a"]), "b");
  expect(told()).toEqual([[["main.js", "a"]]]);
  expect(workers[1]?.received[0]?.params).toMatchObject({ newName: "b", offset: 3 });
});

it.each(["a.js", "b.mts", "c.tsx", "d.CJS"])("knows %s", (path) => {
  expect(isScriptPath(path)).toBe(true);
});

it.each(["a.json", "b.py", "js"])("leaves out %s", (path) =>
  expect(isScriptPath(path)).toBe(false),
);
