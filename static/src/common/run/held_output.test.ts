import { beforeEach, expect, it } from "vitest";
import type { ServerMessage } from "../../protocol.gen";
import { FakeRunHost, RUN } from "./fake_run_host";
import { stateSentence, stateWord, statusLine } from "./run_status_text";

const QUEUED: ServerMessage = { type: "queued", run: RUN, position: 1 };
const STARTED = { type: "started", run: RUN } as ServerMessage;
const HELD: ServerMessage = { type: "notice", run: RUN, code: "output_held", message: "Held." };
const RESUMED: ServerMessage = { ...HELD, code: "output_resumed", message: "" };
const WAITING: ServerMessage = { ...HELD, code: "waiting_for_input", message: "Waits." };

let host: FakeRunHost;
beforeEach(() => {
  host = new FakeRunHost();
  host.runs(QUEUED, STARTED);
});

function told(): string[] {
  const { state } = host.session;
  return [stateWord(state), statusLine(state), stateSentence(state)];
}

it("is shown until it goes on", () => {
  host.session.receive(HELD);
  expect(told()).toEqual(["Paused", "", "Held."]);
  host.prints(0, "printed before");
  expect(told()[0]).toBe("Paused");
  host.session.receive(RESUMED);
  expect(told()).toEqual(["Running", "", "Your program is running."]);
});

it("is told while keys are on their way", () => {
  host.session.type("\x13");
  host.session.receive(HELD);
  expect(told()[0]).toBe("Paused");
  host.session.type("x");
  host.session.receive(RESUMED);
  expect(told()[0]).toBe("Running");
});

it("comes before the question that it hides", () => {
  host.session.receive(WAITING);
  host.session.receive(HELD);
  expect(told()).toEqual(["Paused", "", "Held."]);
  host.session.receive(RESUMED);
  expect(told()).toEqual(["Waiting", "Waits.", "Waits."]);
});

it("is over with the run, and when the page attaches anew", () => {
  host.session.receive(HELD);
  host.session.restore(RUN);
  host.session.receive({
    ...{ type: "attached", run: RUN, status: "running", language: "python" },
    ...{ control: true, input_seq: 0 },
  } as ServerMessage);
  expect(told()[0]).toBe("Running");
  host.session.receive(HELD);
  expect(told()[0]).toBe("Paused");
  host.session.receive({
    ...{ type: "exit", run: RUN, outcome: "stopped", reason: "Stopped.", output_bytes: 0 },
  } as ServerMessage);
  expect(host.session.state.held).toBe("");
});

it("is of one run", () => {
  host.session.receive({ ...HELD, run: "another" });
  expect(told()[0]).toBe("Running");
});
