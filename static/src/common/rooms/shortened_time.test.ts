import { expect, it } from "vitest";
import { ShortenedTime } from "./shortened_time";

it("shortens pauses, and keeps what is close together as it was", () => {
  const time = new ShortenedTime([1000, 1500, 61_500, 61_600], 2000);
  expect([0, 1, 2, 3].map((index) => time.momentOf(index))).toEqual([0, 500, 2500, 2600]);
  expect(time.duration).toBe(2600);
});

it("knows what has happened at a moment, and what time it was", () => {
  const time = new ShortenedTime([1000, 1500, 61_500], 2000);
  expect([-1, 0, 499, 500, 2499, 2500, 9999].map((at) => time.countAt(at))).toEqual([
    0, 1, 1, 2, 2, 3, 3,
  ]);
  expect(time.timeAt(0)).toBe(1000);
  expect(time.timeAt(400)).toBe(1400);
  expect(time.timeAt(1500)).toBe(2500);
  expect(time.timeAt(2500)).toBe(61_500);
  expect(time.timeAt(9999)).toBe(61_500);
});

it("has nothing to play of nothing", () => {
  const time = new ShortenedTime([], 2000);
  expect([time.duration, time.countAt(5), time.timeAt(5)]).toEqual([0, 0, 0]);
});
