import { describe, expect, it } from "vitest";
import type { BellChoice } from "../protocol.gen";
import { Bell } from "./bell";

function bell(choice: BellChoice, { heard = true, still = false } = {}) {
  const happened: string[] = [];
  const later: { then: () => void; at: number }[] = [];
  const time = { now: 0 };
  const made = new Bell({
    now: () => time.now,
    later: (then, milliseconds) => later.push({ then, at: time.now + milliseconds }),
    sound: () => {
      happened.push("sound");
      return heard;
    },
    show: (shown) => happened.push(shown ?? "end"),
    still: () => still,
  });
  made.choice = choice;
  const wait = (milliseconds: number) => {
    time.now += milliseconds;
    for (const one of later.splice(0)) {
      if (one.at <= time.now) one.then();
      else later.push(one);
    }
  };
  return { ring: () => made.ring(), wait, happened };
}

describe("the bell", () => {
  it("flashes, and the flash ends", () => {
    const { ring, wait, happened } = bell("flash");
    ring();
    expect(happened).toEqual(["flash"]);
    wait(150);
    expect(happened).toEqual(["flash", "end"]);
  });

  it("sounds, and is seen where no sound is possible", () => {
    const loud = bell("sound");
    loud.ring();
    expect(loud.happened).toEqual(["sound"]);
    const mute = bell("sound", { heard: false });
    mute.ring();
    expect(mute.happened).toEqual(["sound", "flash"]);
  });

  it("does nothing if it is off", () => {
    const { ring, happened } = bell("off");
    ring();
    expect(happened).toEqual([]);
  });

  it.each(["flash", "sound"] as const)("rings at most three times in a second: %s", (choice) => {
    const { ring, wait, happened } = bell(choice);
    for (let millisecond = 0; millisecond < 1000; millisecond += 1) {
      for (let each = 0; each < 10; each += 1) ring();
      wait(1);
    }
    expect(happened.filter((one) => one === choice)).toHaveLength(3);
  });

  it("stays for a while, in place of a flash, for those who want no movement", () => {
    const { ring, wait, happened } = bell("flash", { still: true });
    ring();
    wait(900);
    ring();
    expect(happened).toEqual(["frame"]);
    wait(100);
    expect(happened).toEqual(["frame", "end"]);
  });

  it("rings again after the pause", () => {
    const { ring, wait, happened } = bell("sound");
    ring();
    wait(399);
    ring();
    expect(happened).toHaveLength(1);
    wait(1);
    ring();
    expect(happened).toHaveLength(2);
  });
});
