import { describe, expect, it } from "vitest";
import { FingerSpeed, Glide } from "./momentum";

function moved(steps: readonly (readonly [y: number, time: number])[]): FingerSpeed {
  const speed = new FingerSpeed();
  for (const [y, time] of steps) speed.add(y, time);
  return speed;
}

describe("the speed of a finger", () => {
  it("is that of its last movements", () => {
    const speed = moved([
      [0, 0],
      [10, 200],
      [30, 220],
      [50, 240],
    ]);
    expect(speed.at(240)).toBe(1);
  });

  it("is negative upwards", () => {
    expect(
      moved([
        [100, 0],
        [60, 20],
      ]).at(20),
    ).toBe(-2);
  });

  it("is known where the browser reports seldom", () => {
    expect(
      moved([
        [0, 0],
        [50, 100],
        [150, 300],
      ]).at(400),
    ).toBe(0.5);
  });

  it("is none for a finger that has rested before it leaves", () => {
    const speed = moved([
      [0, 0],
      [50, 20],
    ]);
    expect(speed.at(200)).toBe(0);
  });

  it("is none for a finger that has not moved", () => {
    expect(new FingerSpeed().at(0)).toBe(0);
    expect(moved([[5, 5]]).at(5)).toBe(0);
  });
});

describe("a glide", () => {
  it("slows down, and ends", () => {
    const glide = new Glide(1, 1000);
    const steps = [0, 100, 200, 300].map((time) => glide.distance(1000 + time));
    const gained = steps.slice(1).map((at, index) => at - (steps[index] ?? 0));
    expect(gained[0]).toBeGreaterThan(gained[1] ?? 0);
    expect(gained[1]).toBeGreaterThan(gained[2] ?? 0);
    expect(glide.ended(1100)).toBe(false);
    expect(glide.ended(3000)).toBe(true);
  });

  it("goes upwards, too, and no faster than can be followed", () => {
    expect(new Glide(-1, 0).distance(1000)).toBeLessThan(0);
    expect(new Glide(100, 0).distance(10_000)).toBe(new Glide(6, 0).distance(10_000));
  });

  it("does not begin with a finger that hardly moves", () => {
    expect(new Glide(0.01, 0).ended(0)).toBe(true);
  });
});
