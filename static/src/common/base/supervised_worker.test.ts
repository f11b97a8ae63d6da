import { beforeEach, expect, it } from "vitest";
import { FakeTimer } from "./fake_timer";
import { FakeWorker } from "./fake_worker";
import { SupervisedWorker, WorkerBusy, WorkerGone, WorkerRefused } from "./supervised_worker";

let timer: FakeTimer;
let workers: FakeWorker[];
let supervised: SupervisedWorker;
let events: string[];

function start(): FakeWorker {
  const worker = new FakeWorker();
  workers.push(worker);
  return worker;
}

function newest(): FakeWorker {
  return workers.at(-1) as FakeWorker;
}

function elapse(seconds: number): void {
  for (let second = 0; second < seconds; second += 1) timer.elapse();
}

beforeEach(() => {
  timer = new FakeTimer();
  workers = [];
  events = [];
  supervised = new SupervisedWorker({
    start,
    timer,
    answer: (method) => (method === "configuration" ? [{}] : undefined),
  });
  supervised.onDidRestart(() => events.push("restarted"));
  supervised.onDidFail(() => events.push("failed"));
  supervised.onDidNotify(({ method }) => events.push(method));
});

it("gives each request its own answer", async () => {
  const first = supervised.request("one", {});
  const second = supervised.request("two", {});
  const [one, two] = newest().received;
  newest().says({ id: two?.id, result: "2" });
  newest().says({ id: one?.id, result: "1" });
  expect(await Promise.all([first, second])).toEqual(["1", "2"]);
});

it("tells what a worker refuses", async () => {
  const asked = supervised.request("one", {});
  newest().says({ id: newest().received[0]?.id, error: { message: "no" } });
  await expect(asked).rejects.toThrow(WorkerRefused);
});

it("answers a worker, also what it does not know", () => {
  newest().says({ id: 7, method: "configuration", params: {} });
  newest().says({ id: 8, method: "unknown" });
  newest().says({ method: "told" });
  expect(newest().received).toEqual([
    { jsonrpc: "2.0", id: 7, result: [{}] },
    { jsonrpc: "2.0", id: 8, result: null },
  ]);
  expect(events).toEqual(["told"]);
});

it("passes on what is no JSON-RPC", () => {
  const said: object[] = [];
  supervised.onDidSay((message) => said.push(message));
  newest().says({ type: "other" });
  newest().says({ id: 1, result: null });
  expect(said).toEqual([{ type: "other" }]);
});

it.each([null, 3, "text", [], {}, { id: "x", result: 1 }])("ignores %j", (message) => {
  newest().says(message);
  expect(newest().received).toEqual([]);
});

it("is restarted once when it dies, and then off", async () => {
  const asked = supervised.request("one", {});
  newest().dies();
  await expect(asked).rejects.toThrow(WorkerGone);
  expect([events, workers.length, supervised.state]).toEqual([["restarted"], 2, "loading"]);
  expect(workers[0]?.terminated).toBe(true);
  newest().dies();
  expect([events, workers.length, supervised.state]).toEqual([["restarted", "failed"], 2, "off"]);
  await expect(supervised.request("two", {})).rejects.toThrow(WorkerGone);
});

it("is restarted when it owes an answer and is silent for 5 s", () => {
  newest().says({ method: "ready" });
  supervised.request("one", {}).catch(() => undefined);
  elapse(4);
  newest().says({ method: "progress" });
  elapse(4);
  expect(workers).toHaveLength(1);
  elapse(1);
  expect(workers).toHaveLength(2);
});

it("may be given longer for what takes long", () => {
  newest().says({ method: "ready" });
  supervised.request("one", {}, 20).catch(() => undefined);
  elapse(19);
  expect(workers).toHaveLength(1);
  elapse(1);
  expect(workers).toHaveLength(2);
});

it("may be silent when it owes nothing", async () => {
  newest().says({ method: "ready" });
  const asked = supervised.request("one", {});
  elapse(4);
  newest().answers(1);
  await asked;
  elapse(60);
  expect(workers).toHaveLength(1);
});

it("has longer for its first message", () => {
  supervised.request("one", {}).catch(() => undefined);
  elapse(60);
  expect(workers).toHaveLength(1);
  elapse(30);
  expect(workers).toHaveLength(2);
});

it("is off when no worker can be made", () => {
  supervised = new SupervisedWorker({
    start() {
      throw new Error("forbidden");
    },
    timer,
  });
  expect(supervised.state).toBe("off");
});

it("takes a bounded number of requests", async () => {
  const asked = Array.from({ length: 33 }, (_, index) => supervised.request(String(index), {}));
  for (const one of asked.slice(0, -1)) one.catch(() => undefined);
  await expect(asked.at(-1)).rejects.toThrow(WorkerBusy);
  expect(newest().received).toHaveLength(32);
});

it("hears nothing of a worker that has ended", () => {
  const first = newest();
  first.dies();
  first.says({ method: "late" });
  first.dies();
  expect(events).toEqual(["restarted"]);
});

it("is stopped without a message", async () => {
  const asked = supervised.request("one", {});
  supervised.stop();
  await expect(asked).rejects.toThrow(WorkerGone);
  elapse(60);
  expect([events, supervised.state, workers.length]).toEqual([[], "off", 1]);
});
