import { expect, it } from "vitest";
import { Emitter } from "./emitter";

it("calls listeners with the value, in the order of subscription", () => {
  const emitter = new Emitter<number>();
  const calls: string[] = [];
  emitter.event((value) => calls.push(`first ${value}`));
  emitter.event((value) => calls.push(`second ${value}`));
  emitter.fire(1);
  emitter.fire(2);
  expect(calls).toEqual(["first 1", "second 1", "first 2", "second 2"]);
});

it("ends a subscription with the disposer, and only that one", () => {
  const emitter = new Emitter();
  let calls = 0;
  const listener = () => {
    calls += 1;
  };
  const dispose = emitter.event(listener);
  emitter.event(listener);
  dispose();
  dispose();
  emitter.fire();
  expect(calls).toBe(1);
});

it("does not call a listener that an earlier one has removed", () => {
  const emitter = new Emitter();
  const calls: string[] = [];
  let dispose = () => {};
  emitter.event(() => {
    calls.push("first");
    dispose();
  });
  dispose = emitter.event(() => calls.push("removed"));
  emitter.event(() => calls.push("last"));
  emitter.fire();
  expect(calls).toEqual(["first", "last"]);
});

it("calls a listener that removes itself once", () => {
  const emitter = new Emitter();
  const calls: string[] = [];
  const dispose = emitter.event(() => {
    calls.push("once");
    dispose();
  });
  emitter.event(() => calls.push("always"));
  emitter.fire();
  emitter.fire();
  expect(calls).toEqual(["once", "always", "always"]);
});

it("gives a listener that is added while a value is fired only later values", () => {
  const emitter = new Emitter<number>();
  const late: number[] = [];
  const dispose = emitter.event(() => {
    dispose();
    emitter.event((value) => late.push(value));
  });
  emitter.fire(1);
  expect(late).toEqual([]);
  emitter.fire(2);
  expect(late).toEqual([2]);
});

it("reports a listener that throws, and calls the others", () => {
  const errors: unknown[] = [];
  const emitter = new Emitter<string>((error) => errors.push(error));
  const failure = new Error("listener");
  const calls: string[] = [];
  emitter.event(() => {
    throw failure;
  });
  emitter.event((value) => calls.push(value));
  emitter.fire("value");
  expect(calls).toEqual(["value"]);
  expect(errors).toEqual([failure]);
});

it("reports to the runtime by default", async () => {
  const runners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  try {
    const reported = new Promise((resolve) => process.once("unhandledRejection", resolve));
    const emitter = new Emitter();
    const failure = new Error("listener");
    emitter.event(() => {
      throw failure;
    });
    emitter.fire();
    expect(await reported).toBe(failure);
  } finally {
    for (const listener of runners) process.on("unhandledRejection", listener);
  }
});
