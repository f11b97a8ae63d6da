import { beforeEach, expect, it } from "vitest";
import type { ServerMessage } from "../../protocol.gen";
import { FakeRunHost, RUN } from "./fake_run_host";
import { stateSentence, stateWord, statusLine } from "./run_status_text";

const QUEUED: ServerMessage = { type: "queued", run: RUN, position: 1 };
const STARTED = { type: "started", run: RUN, language: "c" } as ServerMessage;
const COMPILING: ServerMessage = { type: "phase", run: RUN, phase: "compiling" };
const RUNNING: ServerMessage = { type: "phase", run: RUN, phase: "running" };

let host: FakeRunHost;
beforeEach(() => {
  host = new FakeRunHost();
  host.runs(QUEUED, STARTED);
  host.session.receive(COMPILING);
});

function told(): string[] {
  const { state } = host.session;
  return [state.phase, stateWord(state), statusLine(state), stateSentence(state)];
}

it("is told until the program runs", () => {
  const sentence = "Compiling your program…";
  expect(told()).toEqual(["running", "Compiling", sentence, sentence]);
  host.session.receive(RUNNING);
  expect(told()).toEqual(["running", "Running", "", "Your program is running."]);
});

it("is told after a reload", () => {
  host.session.restore(RUN);
  host.session.receive({
    ...{ type: "attached", run: RUN, status: "running", language: "c" },
    ...{ control: true, input_seq: 0 },
  } as ServerMessage);
  host.session.receive(COMPILING);
  expect(told()[1]).toBe("Compiling");
});

it("takes what is typed for the program, and is stopped", () => {
  host.session.type("Ada\r");
  expect(host.sent.filter(({ type }) => type === "send_input")).toHaveLength(1);
  host.session.stop();
  expect(told()[1]).toBe("Stopping");
  expect(host.sent.at(-1)).toEqual({ type: "stop" });
});

it("says nothing of another run, and ends with its own", () => {
  host.session.receive({ ...RUNNING, run: "another" });
  expect(told()[1]).toBe("Compiling");
  host.session.receive({
    ...{ type: "exit", run: RUN, outcome: "compile_error", reason: "Failed.", output_bytes: 0 },
    ...{ exit_code: 1, signal: null, wall_ms: 1, cpu_ms: 1, memory_peak_bytes: 0 },
  } as ServerMessage);
  expect(told()).toEqual(["finished", "Error", "", "Failed."]);
});
