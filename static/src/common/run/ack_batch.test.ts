import { expect, it } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { ACK_BYTES, AckBatch } from "./ack_batch";

function batch() {
  const timer = new FakeTimer();
  const sent: number[] = [];
  return { acks: new AckBatch((offset) => sent.push(offset), timer), timer, sent };
}

it("acknowledges every 32 KiB at once", () => {
  const { acks, sent } = batch();
  acks.parsed(ACK_BYTES - 1);
  acks.parsed(ACK_BYTES);
  acks.parsed(ACK_BYTES + 1);
  expect(sent).toEqual([ACK_BYTES]);
});

it("acknowledges a few bytes once it is quiet", () => {
  const { acks, timer, sent } = batch();
  acks.parsed(3);
  acks.parsed(5);
  expect(sent).toEqual([]);
  timer.elapse();
  timer.elapse();
  expect(sent).toEqual([5]);
});

it("never goes back", () => {
  const { acks, timer, sent } = batch();
  acks.parsed(ACK_BYTES);
  acks.parsed(10);
  timer.elapse();
  expect(sent).toEqual([ACK_BYTES]);
});

it("begins again with another run", () => {
  const { acks, timer, sent } = batch();
  acks.parsed(7);
  acks.restart();
  timer.elapse();
  expect(sent).toEqual([]);
  acks.parsed(2);
  acks.flush();
  expect(sent).toEqual([2]);
});
