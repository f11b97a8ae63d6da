import { expect, it } from "vitest";
import { Latest } from "./latest";

it("keeps the newest of those that wait", async () => {
  const latest = new Latest();
  const order: string[] = [];
  const finish: (() => void)[] = [];
  const call = (name: string) =>
    latest.run(async () => {
      order.push(name);
      await new Promise<void>((resolve) => finish.push(resolve));
      return name;
    });
  const calls = [call("a"), call("b"), call("c")];
  expect(order).toEqual(["a"]);
  finish[0]?.();
  expect(await calls[0]).toBe("a");
  expect(await calls[1]).toBeNull();
  const late = call("d");
  await new Promise((resolve) => setTimeout(resolve));
  expect(order).toEqual(["a", "c"]);
  finish[1]?.();
  await new Promise((resolve) => setTimeout(resolve));
  finish[2]?.();
  expect(await Promise.all([calls[2], late])).toEqual(["c", "d"]);
});

it("goes on after a call that failed", async () => {
  const latest = new Latest();
  await expect(latest.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await latest.run(async () => 1)).toBe(1);
});
