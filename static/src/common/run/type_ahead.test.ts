import { beforeEach, describe, expect, it } from "vitest";
import type { ServerMessage } from "../../protocol.gen";
import { FakeRunHost, PROGRAM, RUN } from "./fake_run_host";
import { WAITING_BYTES } from "./input_outbox";

const QUEUED: ServerMessage = { type: "queued", run: RUN, position: 2 };
const STARTED = { type: "started", run: RUN, language: "python" } as ServerMessage;
const input = (seq: number, data: string) => ({ type: "send_input", seq, data });

let host: FakeRunHost;
beforeEach(() => {
  host = new FakeRunHost();
});

function inputs() {
  return host.takeSent().filter(({ type }) => type === "send_input");
}

function attached(status: "queued" | "claimed" | "running", inputSeq = 0): ServerMessage {
  const control = true;
  return { type: "attached", run: RUN, status, language: "python", control, input_seq: inputSeq };
}

it.each([
  ["before the server has answered", [], [QUEUED, STARTED]],
  ["while the run is queued", [QUEUED], [STARTED]],
])("is kept %s, and sent once in order when the program runs", (_, before, after) => {
  host.session.start(PROGRAM);
  for (const message of before) host.session.receive(message);
  for (const key of "Ada\r") host.session.type(key);
  host.session.receive(QUEUED);
  expect(inputs()).toEqual([]);
  for (const message of after) host.session.receive(message);
  expect(inputs()).toEqual([input(1, "Ada\r")]);
  host.session.type("36\r");
  expect(inputs()).toEqual([input(2, "36\r")]);
});

it.each(["queued", "claimed"] as const)("survives a reconnect while the run is %s", (status) => {
  host.runs(QUEUED);
  host.session.type("Ada");
  host.online = false;
  host.session.type(" Lovelace\r");
  host.reconnects();
  host.session.receive(attached(status));
  expect(inputs()).toEqual([]);
  host.session.receive(STARTED);
  expect(inputs()).toEqual([input(1, "Ada Lovelace\r")]);
});

it("survives a reconnect during which the program has started", () => {
  host.runs(QUEUED);
  host.session.type("Ada\r");
  host.online = false;
  host.reconnects();
  host.session.receive(attached("running"));
  expect(inputs()).toEqual([input(1, "Ada\r")]);
});

it("is not typed again when its acknowledgement was lost", () => {
  host.runs(QUEUED);
  host.session.type("Ada\r");
  host.session.receive(STARTED);
  host.takeSent();
  host.online = false;
  host.reconnects();
  host.session.receive(attached("running", 1));
  host.session.type("x");
  expect(inputs()).toEqual([input(2, "x")]);
});

it("is sent also if there was no connection when Run was pressed", () => {
  host.online = false;
  host.session.start(PROGRAM);
  host.session.type("Ada\r");
  host.reconnects();
  host.session.receive(QUEUED);
  host.session.receive(STARTED);
  expect(inputs()).toEqual([input(1, "Ada\r")]);
});

it("is shown when the program is not there soon, and not any more when it runs", () => {
  host.runs(QUEUED);
  host.session.type("Ad");
  expect(host.held).toEqual([]);
  host.timer.elapse();
  host.session.type("a\r");
  expect(host.held).toEqual(["Ad", "Ada\r\n"]);
  host.session.receive(STARTED);
  expect(host.held.at(-1)).toBe("");
});

it("is never shown by the page for a program that starts at once", () => {
  host.session.start(PROGRAM);
  host.session.type("Ada\r");
  host.session.receive(QUEUED);
  host.session.receive(STARTED);
  host.timer.elapse();
  expect(host.held).toEqual([]);
});

it("has a bound in bytes, and says when it is full", () => {
  host.runs(QUEUED);
  host.session.type("€".repeat(WAITING_BYTES / 3 - 1));
  host.session.type("too much");
  expect(host.notices).toEqual([expect.stringContaining("not started yet")]);
  host.session.type("y");
  expect(host.notices).toHaveLength(1);
});

describe("when the page is loaded again", () => {
  beforeEach(() => {
    host.runs(QUEUED);
    host.session.type("Ada\r");
  });

  function reloads(): void {
    const { run, typed } = host.session.typedAhead;
    expect(run).toBe(RUN);
    host = new FakeRunHost();
    host.session.restore(RUN);
    host.session.type(typed);
    host.takeSent();
  }

  it.each([1, 2])("is kept, %i times", (times) => {
    for (let time = 0; time < times; time += 1) reloads();
    host.session.receive(attached("queued"));
    host.session.type("36\r");
    expect(inputs()).toEqual([]);
    host.session.receive(STARTED);
    expect(inputs()).toEqual([input(1, "Ada\r36\r")]);
  });

  it("reaches a program that has started meanwhile", () => {
    reloads();
    host.session.receive(attached("running"));
    expect(inputs()).toEqual([input(1, "Ada\r")]);
  });

  it("is nothing any more once it was sent", () => {
    host.session.receive(STARTED);
    expect(host.session.typedAhead).toEqual({ run: RUN, typed: "" });
  });
});

it("goes to no other run", () => {
  host.runs(QUEUED);
  host.session.type("for the first\r");
  host.session.receive({ type: "error", code: "unavailable", message: "No.", run: RUN });
  host.runs(QUEUED, STARTED);
  expect(inputs()).toEqual([]);
  host.session.type("x");
  expect(inputs()).toEqual([input(1, "x")]);
});

it("is refused for a run that another window controls", () => {
  host.session.restore(RUN);
  host.session.receive({ ...attached("queued"), control: false } as ServerMessage);
  host.session.type("x");
  host.session.receive(STARTED);
  expect(inputs()).toEqual([]);
});

it("is refused for one that another user runs, and nothing is said of another window", () => {
  host.session.restore(RUN);
  host.session.receive({ ...attached("running"), control: false } as ServerMessage);
  host.timer.elapse();
  host.session.type("x");
  expect(inputs()).toEqual([]);
  expect(host.screen).not.toContain("another window");
});
