import { expect, it } from "vitest";
import { clockText, countdown } from "./countdown";

const TIMER = { type: "timer", minutes: 45, started_at: 1000, ends_at: 3700, now: 1000 } as const;

it("counts down to the end, and stays there", () => {
  expect(countdown(TIMER, 1000)).toEqual({ state: "running", seconds: 2700 });
  expect(countdown(TIMER, 3699.2)).toEqual({ state: "running", seconds: 1 });
  expect(countdown(TIMER, 3700)).toEqual({ state: "over", seconds: 0 });
  expect(countdown(TIMER, 9999)).toEqual({ state: "over", seconds: 0 });
});

it("shows the whole time before the beginning", () => {
  const waiting = { ...TIMER, started_at: null, ends_at: null };
  expect(countdown(waiting, 5000)).toEqual({ state: "waiting", seconds: 2700 });
});

it("goes on without an end", () => {
  expect(countdown({ ...TIMER, minutes: 0, ends_at: null }, 9999).state).toBe("open");
});

it("writes a time as clocks do", () => {
  expect([0, 59.9, 61, 3599, 3600, 5025].map(clockText)).toEqual([
    "00:00",
    "00:59",
    "01:01",
    "59:59",
    "1:00:00",
    "1:23:45",
  ]);
});
