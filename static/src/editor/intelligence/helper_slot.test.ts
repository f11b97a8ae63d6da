import { expect, it } from "vitest";
import { FakeTimer } from "../../common/base/fake_timer";
import { FakeWorker } from "../../common/base/fake_worker";
import { SupervisedWorker } from "../../common/base/supervised_worker";
import type { Helper } from "./helper";
import { HelperSlot } from "./helper_slot";

function helper(start: () => Promise<void> = async () => undefined) {
  const workers: FakeWorker[] = [];
  const worker = new SupervisedWorker({
    timer: new FakeTimer(),
    start: () => {
      const made = new FakeWorker();
      workers.push(made);
      return made;
    },
  });
  const made = { worker, client: {}, start, stop: () => worker.stop() } as unknown as Helper;
  return { made, workers };
}

it("makes one worker, when it is first needed", async () => {
  const { made } = helper();
  let count = 0;
  const states: string[] = [];
  const slot: HelperSlot<Helper> = new HelperSlot(
    async () => {
      count += 1;
      return made;
    },
    () => states.push(slot.state),
  );
  expect([slot.state, slot.helper]).toEqual(["none", null]);
  const started = [slot.start([]), slot.start([])];
  expect(await Promise.all(started)).toEqual([made, made]);
  expect([count, slot.helper, states]).toEqual([1, made, ["loading", "ready"]]);
});

it("tries again after a failure", async () => {
  const { made } = helper();
  let fails = true;
  const slot = new HelperSlot(
    async () => {
      if (fails) throw new Error("offline");
      return made;
    },
    () => undefined,
  );
  await expect(slot.start([])).rejects.toThrow("offline");
  expect(slot.state).toBe("none");
  fails = false;
  expect(await slot.start([])).toBe(made);
});

it("is off when its worker has failed twice", async () => {
  const { made, workers } = helper();
  const slot = new HelperSlot(
    async () => made,
    () => undefined,
  );
  await slot.start([]);
  workers[0]?.dies();
  expect(slot.state).toBe("ready");
  workers[1]?.dies();
  expect([slot.state, slot.helper]).toEqual(["off", null]);
});

/** A helper that is ready when its worker has answered. */
function asking() {
  const found = helper(async () => {
    await found.made.worker.request("initialize", null);
  });
  const slot = new HelperSlot(
    async () => found.made,
    () => undefined,
  );
  return { ...found, slot };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

it("tells a second worker everything when the first one fails before it is ready", async () => {
  const { made, workers, slot } = asking();
  const started = slot.start([]);
  await turn();
  workers[0]?.dies();
  await turn();
  expect(workers[1]?.received).toMatchObject([{ method: "initialize" }]);
  workers[1]?.answers(null);
  expect(await started).toBe(made);
  expect([slot.state, workers.length]).toEqual(["ready", 2]);
});

it("is off, and makes no third worker, when the second one fails, too", async () => {
  const { workers, slot } = asking();
  const started = slot.start([]);
  for (const at of [0, 1]) {
    await turn();
    workers[at]?.dies();
  }
  await expect(started).rejects.toThrow();
  expect([slot.state, slot.helper]).toEqual(["off", null]);
  await expect(slot.start([])).rejects.toThrow("failed twice");
  expect(workers).toHaveLength(2);
  slot.stop();
  expect(slot.state).toBe("none");
});

it("ends a worker that is no longer wanted when it is ready", async () => {
  let release = () => {};
  const { made, workers } = helper(() => new Promise((resolve) => (release = resolve)));
  const slot = new HelperSlot(
    async () => made,
    () => undefined,
  );
  const started = slot.start([]);
  await new Promise((resolve) => setTimeout(resolve));
  slot.stop();
  release();
  await expect(started).rejects.toThrow("stopped");
  expect([slot.state, workers[0]?.terminated]).toEqual(["none", true]);
});
