import { beforeEach, describe, expect, test } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { ascii } from "../base/utf8";
import { SideChannel, WAITING_BYTES } from "./side_channel";

let timer: FakeTimer;
let sent: { channel: number; seq: number; text: string }[];
let heard: string;
let acked: number[];
let skipped: number;
let channel: SideChannel;

beforeEach(() => {
  timer = new FakeTimer();
  sent = [];
  heard = "";
  acked = [];
  skipped = 0;
  channel = new SideChannel(1, {
    timer,
    send: (frame) => {
      const seq = Number(new DataView(frame.buffer).getBigUint64(0) & 0xffffffffffffffn);
      sent.push({
        channel: frame[0] ?? 0,
        seq,
        text: String.fromCharCode(...frame.subarray(8)),
      });
      return true;
    },
    ack: (_, offset) => acked.push(offset),
    received: (data) => {
      heard += String.fromCharCode(...data);
    },
    skipped: () => {
      skipped += 1;
    },
  });
});

describe("a channel beside the terminal", () => {
  test("sends nothing before the server says that it is there", () => {
    channel.send(ascii("one"));
    expect(sent).toEqual([]);
    expect(channel.acked(0)).toBe(true);
    expect(sent).toEqual([{ channel: 1, seq: 1, text: "one" }]);
  });

  test("counts on from what the page before a reload has sent", () => {
    channel.acked(7);
    channel.send(ascii("next"));
    expect(sent).toEqual([{ channel: 1, seq: 8, text: "next" }]);
  });

  test("sends again what has not arrived, with the same number", () => {
    channel.acked(0);
    channel.send(ascii("one"));
    channel.send(ascii("two"));
    channel.detached();
    channel.send(ascii("three"));
    sent = [];
    channel.acked(1);
    expect(sent).toEqual([
      { channel: 1, seq: 2, text: "two" },
      { channel: 1, seq: 3, text: "three" },
    ]);
  });

  test("hears each byte once, and acknowledges it", () => {
    channel.output(0, ascii("abc"));
    channel.output(0, ascii("abcde"));
    channel.output(9, ascii("later"));
    timer.elapse();
    expect(heard).toBe("abcde");
    expect(acked).toEqual([5]);
    expect(channel.offset).toBe(5);
  });

  test("goes on behind a gap", () => {
    channel.output(0, ascii("abc"));
    channel.gap(10);
    channel.output(10, ascii("def"));
    expect(skipped).toBe(1);
    expect(heard).toBe("abcdef");
  });

  test("keeps no more than is read", () => {
    channel.acked(0);
    expect(channel.send(new Uint8Array(WAITING_BYTES))).toBe(true);
    expect(channel.send(ascii("x"))).toBe(false);
    channel.acked(sent.at(-1)?.seq ?? 0);
    expect(channel.send(ascii("x"))).toBe(true);
  });
});
