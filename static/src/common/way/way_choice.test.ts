import { expect, it } from "vitest";
import { WayChoice } from "./way_choice";

it("tries a WebSocket first, and requests when nothing answers it", () => {
  const choice = new WayChoice("socket");
  expect(choice.next).toBe("socket");
  choice.failed("socket");
  expect(choice.next).toBe("polls");
  choice.failed("polls");
  expect(choice.next).toBe("socket");
});

it("begins with the way that the tab remembers", () => {
  expect(new WayChoice("polls").next).toBe("polls");
});

it("is more patient with WebSockets that have worked here", () => {
  const choice = new WayChoice("socket");
  choice.connected("socket");
  choice.failed("socket");
  expect(choice.next).toBe("socket");
  choice.failed("socket");
  expect(choice.next).toBe("polls");
});

it("keeps the way that works", () => {
  const choice = new WayChoice("socket");
  choice.failed("socket");
  choice.connected("polls");
  choice.lost("polls", 1000);
  expect(choice.next).toBe("polls");
});

it("gives up WebSockets that are cut again and again", () => {
  const choice = new WayChoice("socket");
  for (let times = 0; times < 3; times += 1) {
    choice.connected("socket");
    choice.lost("socket", 30_000);
    expect(choice.next).toBe("socket");
  }
  choice.connected("socket");
  choice.lost("socket", 30_000);
  expect(choice.next).toBe("polls");
});

it("does not count cuts of connections that have lasted", () => {
  const choice = new WayChoice("socket");
  for (let times = 0; times < 8; times += 1) {
    choice.connected("socket");
    choice.lost("socket", times % 2 ? 30_000 : 600_000);
  }
  expect(choice.next).toBe("socket");
});

it("tries WebSockets again ever more seldom, soon after they have worked", () => {
  const blocked = new WayChoice("polls");
  expect([1, 2, 3].map(() => blocked.nextProbe())).toEqual([60_000, 300_000, 300_000]);
  const cut = new WayChoice("socket");
  cut.connected("socket");
  expect([1, 2, 3, 4].map(() => cut.nextProbe())).toEqual([5_000, 60_000, 300_000, 300_000]);
});
