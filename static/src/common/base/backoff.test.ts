import { expect, it } from "vitest";
import { Backoff } from "./backoff";

const waits = (random: number, tries: number) => {
  const backoff = new Backoff(() => random);
  return Array.from({ length: tries }, () => backoff.next());
};

it("doubles from 0.3 s and ends at 10 s", () => {
  expect(waits(1, 8)).toEqual([300, 600, 1200, 2400, 4800, 9600, 10000, 10000]);
});

it("spreads the tries, never below the first wait", () => {
  expect(waits(0, 4)).toEqual([300, 300, 600, 1200]);
});

it("begins again after a success", () => {
  const backoff = new Backoff(() => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  expect(backoff.next()).toBe(300);
});
