import { beforeEach, describe, expect, it } from "vitest";
import type { Exit, ServerMessage } from "../../protocol.gen";
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

let page: FakeRunHost;
beforeEach(() => {
  page = new FakeRunHost();
});

describe("a run", () => {
  it("is started with the terminal's size", () => {
    page.session.start(PROGRAM);
    expect(page.news()).toEqual([{ type: "start_interactive", ...PROGRAM, rows: 24, cols: 80 }]);
    expect(page.state?.phase).toBe("starting");
  });

  it("waits, runs and finishes", () => {
    page.session.start(PROGRAM);
    page.session.receive(QUEUED);
    expect(page.state).toMatchObject({ phase: "queued", position: 1 });
    page.session.receive(STARTED);
    expect(page.state).toMatchObject({ phase: "running", run: RUN });
    page.prints(0, "hi");
    page.session.receive({ ...EXIT, output_bytes: 2 });
    expect(page.state?.phase).toBe("finished");
    expect(page.screen).toBe("hi[finished in 1.2 s]");
  });

  it("knows how long the first output took, once", () => {
    page.session.start(PROGRAM);
    page.session.receive(QUEUED);
    page.session.receive(STARTED);
    page.now = 12;
    page.prints(0, "a");
    page.now = 900;
    page.prints(1, "b");
    expect(page.state?.firstOutputMs).toBe(12);
  });

  it("that is larger than the server takes is kept here, and says so", () => {
    const files = [{ path: "main.py", content: '"'.repeat(500) }]; // two bytes each, in JSON
    page.session.start({ ...PROGRAM, files });
    expect(page.news()).toEqual([]);
    expect(page.state?.phase).toBe("idle");
    expect(page.state?.problem).toContain("too large to run");
    expect(page.screen).toContain("may take 1000 bytes");
    page.session.start(PROGRAM);
    expect(page.news()).toHaveLength(1);
  });

  it("starts once, however often Run is pressed", () => {
    page.session.start(PROGRAM);
    page.session.start(PROGRAM);
    expect(page.news()).toHaveLength(1);
  });

  it("asked for without a connection is sent when there is one", () => {
    page.online = false;
    page.session.start(PROGRAM);
    page.reconnects();
    expect(page.news()).toMatchObject([{ type: "start_interactive" }]);
  });

  it("whose start was lost is not started twice", () => {
    page.session.start(PROGRAM);
    page.news();
    page.reconnects();
    expect(page.news()).toEqual([]);
    expect(page.state).toMatchObject({ phase: "idle" });
    expect(page.state?.problem).toContain("Press Run again");
  });

  it("that is refused says why", () => {
    page.session.start(PROGRAM);
    page.session.receive({ type: "error", code: "too_many_runs", message: "Too many.", run: null });
    expect(page.state).toMatchObject({ phase: "idle", problem: "Too many." });
    expect(page.screen).toBe("[Too many.]");
  });

  it("goes on when only a message was refused", () => {
    page.runs(QUEUED, STARTED);
    page.session.receive({ type: "error", code: "bad_message", message: "Odd.", run: RUN });
    expect(page.state?.phase).toBe("running");
    expect(page.notices).toEqual(["Odd."]);
  });

  it("is stopped also when Stop was pressed without a connection", () => {
    page.runs(QUEUED, STARTED);
    page.online = false;
    page.session.stop();
    page.reconnects();
    page.session.receive(attached(0));
    expect(page.news()).toContainEqual({ type: "stop" });
  });
});

describe("output", () => {
  beforeEach(() => page.runs(QUEUED, STARTED));

  it("is acknowledged when it is on the screen, not before", () => {
    page.prints(0, "x".repeat(40_000));
    expect(page.news()).toEqual([]);
    page.parses();
    expect(page.news()).toEqual([{ type: "ack", offset: 40_000 }]);
  });

  it("of a run that is over is not acknowledged for the next", () => {
    page.prints(0, "x".repeat(40_000));
    page.session.receive({ ...EXIT, output_bytes: 40_000 });
    page.session.start(PROGRAM);
    page.news();
    page.parses();
    expect(page.news()).toEqual([]);
  });

  it("with a hole is fetched again, once", () => {
    page.prints(0, "ab");
    page.prints(4, "ef");
    page.prints(6, "gh");
    expect(page.news()).toEqual([{ type: "attach", run: RUN, offset: 2 }]);
    page.session.receive(attached(0));
    page.prints(1, "bcdef");
    expect(page.screen).toBe("abcdef");
  });

  it("that is gone for good is said to be", () => {
    page.session.receive({ type: "gap", from: 0, to: 2048 });
    page.prints(2048, "end");
    expect(page.screen).toBe("[2.0 KB of earlier output are no longer held]end");
  });

  it("that is missing at the end is fetched before the run is over", () => {
    page.prints(0, "ab");
    page.session.receive({ ...EXIT, output_bytes: 4 });
    expect(page.state?.phase).toBe("running");
    expect(page.news()).toEqual([{ type: "attach", run: RUN, offset: 2 }]);
  });
});

describe("input", () => {
  const input = (seq: number, data: string) => ({ type: "send_input", seq, data });
  beforeEach(() => page.runs(QUEUED, STARTED));

  it("is typed again after a reconnect, with the numbers it had", () => {
    for (const key of "ab") page.session.type(key);
    page.online = false;
    page.session.type("c");
    page.news();
    page.reconnects();
    page.session.receive(attached(1));
    const [attach, resize, ...inputs] = page.news();
    expect(attach).toEqual({ type: "attach", run: RUN, offset: 0 });
    expect(resize).toEqual({ type: "resize", rows: 24, cols: 80 });
    expect(inputs).toEqual([input(2, "b"), input(3, "c")]);
  });

  it("is kept back while it is not known what has arrived", () => {
    page.reconnects();
    page.session.type("a");
    expect(page.news()).toMatchObject([{ type: "attach" }]);
    page.session.receive(attached(0));
    expect(page.news()).toContainEqual(input(1, "a"));
  });

  it("goes on with the run's numbers after a reload", () => {
    const reloaded = new FakeRunHost();
    reloaded.session.restore(RUN);
    reloaded.session.type("too early");
    reloaded.session.receive(attached(4));
    reloaded.session.type("x");
    expect(reloaded.news()).toContainEqual(input(5, "x"));
  });

  it("is sent again when the program was too slow for it", () => {
    page.session.type("a");
    page.news();
    page.session.receive({ type: "error", code: "rate_limited", message: "Slow.", run: RUN });
    page.timer.elapse();
    expect(page.news()).toEqual([input(1, "a")]);
  });

  it("is not sent while another window has control", () => {
    page.session.receive(attached(0, false));
    page.session.type("a");
    page.session.stop();
    page.grid = { rows: 10, cols: 10 };
    page.session.resize();
    expect(page.news()).toEqual([]);
    expect(page.screen).toContain("another window");
  });
});

describe("after a reload", () => {
  beforeEach(() => page.session.restore(RUN));

  it("shows the run from its first byte", () => {
    expect(page.news()).toEqual([{ type: "attach", run: RUN, offset: 0 }]);
    page.session.receive(attached(0));
    page.prints(0, "again");
    expect([page.state?.phase, page.screen]).toEqual(["running", "again"]);
  });

  it("shows a finished run too", () => {
    page.session.receive({ ...(attached(0) as object), status: "finished" } as ServerMessage);
    page.prints(0, "done");
    page.session.receive({ ...EXIT, output_bytes: 4 });
    expect([page.state?.phase, page.screen]).toEqual(["finished", "done[finished in 1.2 s]"]);
  });

  it("says nothing of a run that is no longer kept", () => {
    page.session.receive({ type: "error", code: "not_found", message: "None.", run: null });
    expect(page.state).toMatchObject({ phase: "idle", problem: null });
    expect(page.screen).toBe("");
  });
});

it("tells a new size once, and only while a program runs", () => {
  page.grid = { rows: 10, cols: 40 };
  page.session.resize();
  page.runs(QUEUED, STARTED);
  page.grid = { rows: 11, cols: 41 };
  page.session.resize();
  page.session.resize();
  expect(page.news()).toEqual([{ type: "resize", rows: 11, cols: 41 }]);
});
