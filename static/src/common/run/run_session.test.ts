// size: all tests of one class
import { beforeEach, describe, expect, it } from "vitest";
import { type Exit, MAX_SOURCE_BYTES, type ServerMessage } from "../../protocol.gen";
import { FakeRunHost, PROGRAM, RUN } from "./fake_run_host";

const QUEUED: ServerMessage = { type: "queued", run: RUN, position: 1 };
const EXIT: Exit = {
  type: "exit",
  run: RUN,
  outcome: "completed",
  exit_code: 0,
  signal: null,
  reason: "Your program finished.",
  wall_ms: 1200,
  cpu_ms: 10,
  memory_peak_bytes: 1,
  output_bytes: 0,
};
const STARTED: ServerMessage = {
  type: "started",
  run: RUN,
  language: "python",
  limits: {
    cpu_seconds: 1,
    wall_seconds: 1,
    idle_seconds: 1,
    memory_bytes: 1,
    processes: 1,
    disk_bytes: 1,
    output_bytes: 1,
  },
};

function attached(inputSeq: number, control = true): ServerMessage {
  const [run, language] = [RUN, "python"];
  return { type: "attached", run, status: "running", language, control, input_seq: inputSeq };
}

let host: FakeRunHost;
beforeEach(() => {
  host = new FakeRunHost();
});

describe("a run", () => {
  it("is started with the terminal's size", () => {
    host.session.start(PROGRAM);
    expect(host.takeSent()).toEqual([
      { type: "start_interactive", ...PROGRAM, rows: 24, cols: 80 },
    ]);
    expect(host.state?.phase).toBe("starting");
  });

  it("waits, runs and finishes", () => {
    host.session.start(PROGRAM);
    host.session.receive(QUEUED);
    expect(host.state).toMatchObject({ phase: "queued", position: 1 });
    host.session.receive(STARTED);
    expect(host.state).toMatchObject({ phase: "running", run: RUN });
    host.prints(0, "hi");
    host.session.receive({ ...EXIT, output_bytes: 2 });
    expect(host.state?.phase).toBe("finished");
    expect(host.screen).toBe("hi[finished in 1.2 s]");
  });

  it.each([
    ["too large", "x".repeat(MAX_SOURCE_BYTES + 1), "the limit is 512 KB"],
    ["too large in UTF-8", "€".repeat(MAX_SOURCE_BYTES / 3 + 1), "the limit is 512 KB"],
    ["of control characters", "\u0001".repeat(500), "control characters"],
  ])("that is %s is kept here, and says so", (_, content, words) => {
    host.session.start({ ...PROGRAM, files: [{ path: "main.py", content }] });
    expect(host.takeSent()).toEqual([]);
    expect(host.state?.phase).toBe("idle");
    expect(host.screen).toContain(words);
    host.session.start(PROGRAM);
    expect(host.takeSent()).toHaveLength(1);
  });

  it("starts once, however often Run is pressed", () => {
    host.session.start(PROGRAM);
    host.session.start(PROGRAM);
    expect(host.takeSent()).toHaveLength(1);
  });

  it("asked for without a connection is sent when there is one", () => {
    host.online = false;
    host.session.start(PROGRAM);
    host.reconnects();
    expect(host.takeSent()).toMatchObject([{ type: "start_interactive" }]);
  });

  it("whose start was lost is not started twice", () => {
    host.session.start(PROGRAM);
    host.takeSent();
    host.reconnects();
    expect(host.takeSent()).toEqual([]);
    expect(host.state).toMatchObject({ phase: "idle" });
    expect(host.state?.problem).toContain("Press Run again");
    expect(host.screen).toContain("Press Run again");
  });

  it("that is refused says why", () => {
    host.session.start(PROGRAM);
    host.session.receive({ type: "error", code: "too_many_runs", message: "Too many.", run: null });
    expect(host.state).toMatchObject({ phase: "idle", problem: "Too many." });
    expect(host.screen).toBe("[Too many.]");
  });

  it("that came too soon after others says when to try again", () => {
    host.session.start(PROGRAM);
    const message = "Please press Run again in 3 seconds.";
    const figures = { wait_seconds: 3 };
    const reason_code = "too_many_starts";
    host.session.receive({
      type: "error",
      code: "rate_limited",
      message,
      reason_code,
      figures,
      run: null,
    });
    expect(host.state).toMatchObject({ phase: "idle", problem: message });
  });

  it("goes on when only a message was refused", () => {
    host.runs(QUEUED, STARTED);
    host.session.receive({ type: "error", code: "bad_message", message: "Odd.", run: RUN });
    expect(host.state?.phase).toBe("running");
    expect(host.notices).toEqual(["Odd."]);
  });

  it("is stopped also when Stop was pressed without a connection", () => {
    host.runs(QUEUED, STARTED);
    host.online = false;
    host.session.stop();
    host.reconnects();
    host.session.receive(attached(0));
    expect(host.takeSent()).toContainEqual({ type: "stop" });
  });
});

describe("output", () => {
  beforeEach(() => host.runs(QUEUED, STARTED));

  it("is acknowledged when it is on the screen, not before", () => {
    host.prints(0, "x".repeat(40_000));
    expect(host.takeSent()).toEqual([]);
    host.parses();
    expect(host.takeSent()).toEqual([{ type: "ack", offset: 40_000 }]);
  });

  it("of a run that is over is not acknowledged for the next", () => {
    host.prints(0, "x".repeat(40_000));
    host.session.receive({ ...EXIT, output_bytes: 40_000 });
    host.session.start(PROGRAM);
    host.takeSent();
    host.parses();
    expect(host.takeSent()).toEqual([]);
  });

  it("with a hole is fetched again, once", () => {
    host.prints(0, "ab");
    host.prints(4, "ef");
    host.prints(6, "gh");
    expect(host.takeSent()).toEqual([{ type: "attach", run: RUN, offset: 2 }]);
    host.session.receive(attached(0));
    host.prints(1, "bcdef");
    expect(host.screen).toBe("abcdef");
  });

  it("that is gone for good is said to be", () => {
    host.session.receive({ type: "gap", from: 0, to: 2048 });
    host.prints(2048, "end");
    expect(host.screen).toBe("[2.0 KB of earlier output are no longer available]end");
  });

  it("that is missing at the end is fetched before the run is over", () => {
    host.prints(0, "ab");
    host.session.receive({ ...EXIT, output_bytes: 4 });
    expect(host.state?.phase).toBe("running");
    expect(host.takeSent()).toEqual([{ type: "attach", run: RUN, offset: 2 }]);
  });
});

describe("input", () => {
  const input = (seq: number, data: string) => ({ type: "send_input", seq, data });
  beforeEach(() => host.runs(QUEUED, STARTED));

  it("is typed again after a reconnect, with the numbers it had", () => {
    for (const key of "ab") host.session.type(key);
    host.online = false;
    host.session.type("c");
    host.takeSent();
    host.reconnects();
    host.session.receive(attached(1));
    const [attach, resize, ...inputs] = host.takeSent();
    expect(attach).toEqual({ type: "attach", run: RUN, offset: 0 });
    expect(resize).toEqual({ type: "resize", rows: 24, cols: 80 });
    expect(inputs).toEqual([input(2, "b"), input(3, "c")]);
  });

  it("is kept back while it is not known what has arrived", () => {
    host.reconnects();
    host.session.type("a");
    expect(host.takeSent()).toMatchObject([{ type: "attach" }]);
    host.session.receive(attached(0));
    expect(host.takeSent()).toContainEqual(input(1, "a"));
  });

  it("goes on with the run's numbers after a reload", () => {
    const reloaded = new FakeRunHost();
    reloaded.session.restore(RUN);
    reloaded.session.type("too early");
    reloaded.session.receive(attached(4));
    reloaded.session.type("x");
    const inputs = reloaded.takeSent().filter(({ type }) => type === "send_input");
    expect(inputs).toEqual([input(5, "too early"), input(6, "x")]);
  });

  it("is sent again when the program was too slow for it", () => {
    host.session.type("a");
    host.takeSent();
    host.session.receive({ type: "error", code: "rate_limited", message: "Slow.", run: RUN });
    host.timer.elapse();
    expect(host.takeSent()).toEqual([input(1, "a")]);
  });

  it("waits while attaching was refused for its rate, and is sent after the next attempt", () => {
    host.reconnects();
    host.session.type("a");
    host.takeSent();
    const error = { type: "error", code: "rate_limited", message: "Slow.", run: null } as const;
    const figures = { wait_seconds: 2 };
    host.session.receive({ ...error, reason_code: "too_many_attaches", figures });
    expect([host.takeSent(), host.state?.phase]).toEqual([[], "running"]);
    host.timer.elapse();
    expect(host.takeSent()).toEqual([{ type: "attach", run: RUN, offset: 0 }]);
    host.session.receive(attached(0));
    expect(host.takeSent()).toContainEqual(input(1, "a"));
  });

  it("is not sent while another window has control", () => {
    host.session.receive(attached(0, false));
    host.session.type("a");
    host.session.stop();
    host.grid = { rows: 10, cols: 10 };
    host.session.resize();
    expect(host.takeSent()).toEqual([]);
    host.timer.elapse();
    expect(host.screen).toContain("another window");
  });

  it("stops, and says nothing of another window, while somebody types by the user's leave", () => {
    host.session.receive(attached(0, false));
    const shared = { holder: "teacher", you: false, requests: [] } as const;
    host.session.receive({ type: "control", run: RUN, ...shared });
    host.timer.elapse();
    expect(host.screen).not.toContain("another window");
    host.session.type("a");
    expect(host.takeSent()).toEqual([]);
    host.session.stop();
    expect(host.takeSent()).toEqual([{ type: "stop" }]);
  });

  it("is about who watches until nobody does", () => {
    const notice = { type: "notice", run: RUN, message: "", figures: { names: "Ada" } } as const;
    host.session.receive({ ...notice, code: "watched" });
    expect(host.state?.watchers).toBe("Ada");
    host.session.receive({ ...notice, code: "unwatched", figures: {} });
    expect(host.state?.watchers).toBe("");
  });
});

describe("a program that waits for input", () => {
  const WAITING = {
    type: "notice",
    run: RUN,
    code: "waiting_for_input",
    message: "Your program waits for your answer.",
  } as const;
  beforeEach(() => {
    host.runs(QUEUED, STARTED);
    host.session.receive(WAITING);
  });

  it("is shown to wait until it has printed or read something", () => {
    expect(host.state).toMatchObject({ phase: "running", waiting: WAITING.message });
    host.prints(0, "Hello");
    host.session.receive({ ...WAITING, code: "files_left_out" } as ServerMessage); // says nothing of it
    host.timer.elapse();
    expect(host.state).toMatchObject({ phase: "running", waiting: "" });
    host.session.receive(WAITING);
    host.session.type("x");
    host.session.receive({ type: "input_ack", seq: 1 });
    host.timer.elapse();
    expect(host.state?.waiting).toBe("");
  });

  it("is answered in another window", () => {
    host.session.receive({ ...WAITING, code: "running" } as ServerMessage);
    host.timer.elapse();
    expect(host.state).toMatchObject({ phase: "running", waiting: "" });
  });

  it("does not flicker while a line is typed", () => {
    for (const [number, key] of [..."Ada"].entries()) {
      host.session.type(key);
      host.session.receive({ type: "input_ack", seq: number + 1 });
      host.prints(number, key);
      host.session.receive(WAITING);
    }
    host.timer.elapse();
    expect(host.state?.waiting).toBe(WAITING.message);
  });

  it("is told about its processor time also while it reads something", () => {
    host.session.type("x");
    const message = "Your program has used 36 seconds of its 1 minute of processor time.";
    host.session.receive({ ...WAITING, code: "processor_time", message } as ServerMessage);
    expect(host.notices).toEqual([message]);
    expect(host.state).toMatchObject({ phase: "running" });
  });

  it("is not believed to wait while an answer is on its way", () => {
    host.session.type("x");
    host.timer.elapse();
    host.session.receive(WAITING);
    expect(host.state?.waiting).toBe("");
  });

  it("ends", () => {
    host.session.receive(EXIT);
    expect(host.state).toMatchObject({ phase: "finished", waiting: "" });
    host.session.receive(WAITING);
    expect(host.state?.waiting).toBe("");
  });

  it("has to say so again after a reconnect", () => {
    host.reconnects();
    host.session.receive(attached(0));
    expect(host.state?.waiting).toBe("");
    host.session.receive(WAITING);
    expect(host.state?.waiting).toBe(WAITING.message);
  });

  it("is another run's", () => {
    host.session.receive(EXIT);
    host.runs(
      { ...QUEUED, run: "other" } as ServerMessage,
      { ...STARTED, run: "other" } as ServerMessage,
    );
    host.session.receive(WAITING);
    expect(host.state?.waiting).toBe("");
  });
});

describe("after a reload", () => {
  beforeEach(() => host.session.restore(RUN));

  it("asks again when it asked too often", () => {
    host.takeSent();
    const error = { type: "error", code: "rate_limited", message: "Slow.", run: null } as const;
    host.session.receive({ ...error, reason_code: "too_many_attaches", figures: {} });
    expect(host.state?.phase).toBe("restoring");
    host.timer.elapse();
    expect(host.takeSent()).toEqual([{ type: "attach", run: RUN, offset: 0 }]);
  });

  it("shows the run from its first byte", () => {
    expect(host.takeSent()).toEqual([{ type: "attach", run: RUN, offset: 0 }]);
    host.session.receive(attached(0));
    host.prints(0, "again");
    expect([host.state?.phase, host.screen]).toEqual(["running", "again"]);
  });

  it("shows a finished run too", () => {
    host.session.receive({ ...(attached(0) as object), status: "finished" } as ServerMessage);
    host.prints(0, "done");
    host.session.receive({ ...EXIT, output_bytes: 4 });
    expect([host.state?.phase, host.screen]).toEqual(["finished", "done[finished in 1.2 s]"]);
  });

  it("says nothing of a run that is no longer kept", () => {
    host.session.receive({ type: "error", code: "not_found", message: "None.", run: null });
    expect(host.state).toMatchObject({ phase: "idle", problem: null });
    expect(host.screen).toBe("");
  });
});

it("tells a new size once, and only while a program runs", () => {
  host.grid = { rows: 10, cols: 40 };
  host.session.resize();
  host.runs(QUEUED, STARTED);
  host.grid = { rows: 11, cols: 41 };
  host.session.resize();
  host.session.resize();
  expect(host.takeSent()).toEqual([{ type: "resize", rows: 11, cols: 41 }]);
});
