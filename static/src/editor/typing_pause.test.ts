import { beforeEach, expect, it } from "vitest";
import { LONGEST_MS, PAUSE_MS, TypingPause } from "./typing_pause";

let now: number;
let pause: TypingPause;
/** What happens while the page sleeps. */
let meanwhile: () => void;

beforeEach(() => {
  now = 1000;
  meanwhile = () => undefined;
  pause = new TypingPause({
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
      meanwhile();
    },
    idle: async () => {
      now += 1;
    },
  });
});

it("does not wait for a user who does not type", async () => {
  await pause.wait();
  expect(now).toBe(1001);
});

it("waits until the last key was pressed some time ago", async () => {
  pause.keyPressed();
  await pause.wait();
  expect(now).toBeGreaterThanOrEqual(1000 + PAUSE_MS);
});

it("waits on when another key is pressed", async () => {
  let keys = 3;
  meanwhile = () => {
    keys -= 1;
    if (keys > 0) pause.keyPressed();
  };
  pause.keyPressed();
  await pause.wait();
  expect(now).toBeGreaterThanOrEqual(1000 + 3 * PAUSE_MS);
});

it("ends for a user who never pauses", async () => {
  meanwhile = () => pause.keyPressed();
  pause.keyPressed();
  await pause.wait();
  expect(now - 1000).toBeGreaterThanOrEqual(LONGEST_MS);
  expect(now - 1000).toBeLessThan(LONGEST_MS + 2 * PAUSE_MS);
});
