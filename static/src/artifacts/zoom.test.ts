import { describe, expect, test } from "vitest";
import { Zoom } from "./zoom";

describe("the size of a picture", () => {
  test("goes to the next step from where it fits", () => {
    const zoom = new Zoom();
    zoom.step(1, 0.61);
    expect(zoom.scale).toBe(0.75);
    zoom.step(-1, 0.75);
    expect(zoom.scale).toBe(0.5);
    zoom.fit();
    expect(zoom.scale).toBeNull();
  });

  test("stays within what a screen can show", () => {
    const zoom = new Zoom();
    zoom.set(1e9);
    expect(zoom.scale).toBe(8);
    zoom.step(1, 8);
    expect(zoom.scale).toBe(8);
    zoom.set(-3);
    expect(zoom.scale).toBe(0.1);
    zoom.set(Number.NaN);
    expect(zoom.scale).toBe(0.1);
  });
});
