import { expect, it } from "vitest";
import { LATE_MS, PAUSE_MS, WakefulTimer } from "./wakeful_timer";

/** A page whose timeouts come when the test says, and a worker whose alarms do. */
function world() {
  const page: (() => void)[] = [];
  const asked: number[] = [];
  let rang: () => void = () => undefined;
  const here = { now: 0 };
  const timer = new WakefulTimer(
    (callback) => page.push(callback),
    () => here.now,
  );
  timer.useAlarm((callback) => {
    rang = callback;
    return { ring: (milliseconds) => asked.push(milliseconds) };
  });
  return {
    timer,
    asked,
    /** The page's timeouts are on time. */
    timeouts: () => page.splice(0).forEach((callback) => void callback()),
    /** The alarm that was asked for rings; the clock has gone on by its time. */
    alarm: () => {
      here.now += asked.at(-1) ?? 0;
      rang();
    },
    later: (milliseconds: number) => {
      here.now += milliseconds;
    },
  };
}

it("calls back with the page's timeout, and with the alarm no second time", () => {
  const { timer, timeouts, alarm } = world();
  let calls = 0;
  timer.soon(() => (calls += 1));
  timeouts();
  alarm();
  expect(calls).toBe(1);
});

it("calls back with the alarm while timeouts do not come, and with them no second time", () => {
  const { timer, timeouts, alarm, asked } = world();
  let calls = 0;
  timer.soon(() => (calls += 1));
  alarm();
  expect([calls, asked]).toEqual([1, [LATE_MS]]);
  timeouts();
  expect(calls).toBe(1);
});

it("goes on at full pace while timeouts do not come", () => {
  const { timer, alarm, asked } = world();
  let calls = 0;
  const again = () => {
    calls += 1;
    if (calls < 100) timer.soon(again);
  };
  timer.soon(again);
  while (calls < 100) alarm();
  expect(asked.slice(1).every((milliseconds) => milliseconds === PAUSE_MS)).toBe(true);
});

it("leaves it to the timeouts again once they are on time", () => {
  const { timer, timeouts, alarm, asked } = world();
  timer.soon(() => undefined);
  alarm();
  timer.soon(() => undefined);
  timeouts();
  alarm();
  timer.soon(() => undefined);
  expect(asked.at(-1)).toBe(LATE_MS);
});

it("asks for one alarm at a time, however often it is used", () => {
  const { timer, timeouts, asked } = world();
  for (let turn = 0; turn < 50; turn += 1) {
    timer.soon(() => undefined);
    timeouts();
  }
  expect(asked).toHaveLength(1);
});

it("does not call early what was asked for just before an alarm", () => {
  const { timer, timeouts, alarm, asked } = world();
  timer.soon(() => undefined);
  timeouts();
  let calls = 0;
  alarm();
  timer.soon(() => (calls += 1));
  expect([calls, asked.length]).toEqual([0, 2]);
});

it("works by timeouts alone where there is no alarm", () => {
  const page: (() => void)[] = [];
  const timer = new WakefulTimer(
    (callback) => page.push(callback),
    () => 0,
  );
  let calls = 0;
  timer.soon(() => (calls += 1));
  page[0]?.();
  expect(calls).toBe(1);
});

it("uses an alarm that comes while something waits", () => {
  let rang: () => void = () => undefined;
  let now = 0;
  const timer = new WakefulTimer(
    () => undefined,
    () => now,
  );
  let calls = 0;
  timer.soon(() => (calls += 1));
  timer.useAlarm((callback) => {
    rang = callback;
    return { ring: () => undefined };
  });
  now = LATE_MS;
  rang();
  expect(calls).toBe(1);
});
