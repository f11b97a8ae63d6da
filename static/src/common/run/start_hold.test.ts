import { beforeEach, expect, it } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { StartHold } from "./start_hold";

let timer: FakeTimer;
let released: number;
let hold: StartHold;

beforeEach(() => {
  timer = new FakeTimer();
  released = 0;
  hold = new StartHold(timer, () => {
    released += 1;
  });
});

it("ends by itself when nothing is printed", () => {
  hold.begin();
  expect(hold.holding).toBe(true);
  timer.elapse();
  expect([hold.holding, released]).toEqual([false, 1]);
});

it("ends once, with the first output", () => {
  hold.begin();
  hold.release();
  hold.release();
  timer.elapse();
  expect([hold.holding, released]).toEqual([false, 1]);
});

it("is not prolonged by a second press", () => {
  hold.begin();
  hold.begin();
  timer.elapse();
  timer.elapse();
  expect([hold.holding, released]).toEqual([false, 1]);
});
