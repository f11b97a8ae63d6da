// size: what one session does, and what a program may say to it
import { beforeEach, describe, expect, test } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { ascii } from "../base/utf8";
import { BreakpointStore } from "./breakpoints";
import { DebugSession } from "./debug_session";
import { FakeDebugger, settled } from "./fake_debugger";

const FRAMES = [
  { id: 5, name: "inner", line: 2, source: { path: "/home/student/main.py" } },
  { id: 6, name: "<module>", line: 9, source: { path: "/home/student/main.py" } },
  { id: 7, name: "main", line: 60, source: { path: "<string>" } },
];
let timer: FakeTimer;
let debug: FakeDebugger;
let breakpoints: BreakpointStore;
let session: DebugSession;

/** The first line was added since the program was started. */
let inserted = false;

function inProgram(_: string, line: number): number | null {
  return inserted ? line - 1 || null : line;
}

function opened(): DebugSession {
  const host = { timer, send: debug.send, paths: () => ["main.py"], lineOf: inProgram };
  const made = new DebugSession(host, breakpoints, 1000);
  debug.session = made;
  return made;
}

beforeEach(() => {
  inserted = false;
  timer = new FakeTimer();
  debug = new FakeDebugger();
  breakpoints = new BreakpointStore();
  session = opened();
});

async function begin(): Promise<void> {
  session.begin({ caught: false, uncaught: true });
  await debug.answers("configurationDone");
}

async function stop(body: object = { reason: "breakpoint", threadId: 1 }): Promise<void> {
  debug.event("stopped", body);
  timer.elapse();
  await debug.answers("stackTrace", { stackFrames: FRAMES });
  await debug.answers("threads", { threads: [{ id: 1, name: "MainThread" }] });
  await debug.answers("scopes", { scopes: [{ name: "Locals", variablesReference: 3 }] });
}

describe("a debugged program", () => {
  test("gets all of its first requests at once", () => {
    breakpoints.set("main.py", 4, { condition: "i == 2", hits: "", log: "" });
    session.begin({ caught: false, uncaught: true });
    expect(debug.frames).toBe(1);
    expect(debug.commands[0]).toBe("initialize");
    expect(debug.commands.at(-1)).toBe("configurationDone");
    expect(debug.last("setBreakpoints").arguments).toEqual({
      source: { path: "/home/student/main.py" },
      breakpoints: [{ line: 4, condition: "i == 2" }],
    });
    expect(debug.last("setExceptionBreakpoints").arguments).toEqual({ filters: ["uncaught"] });
  });

  test("stops, and shows its own frames alone", async () => {
    await begin();
    expect(session.state.phase).toBe("running");
    await stop();
    expect(session.state.phase).toBe("stopped");
    expect(session.state.frames.map(({ name }) => name)).toEqual(["inner", "<module>"]);
    expect(session.state.frame).toEqual({ id: 5, name: "inner", path: "main.py", line: 2 });
    expect(session.state.scopes).toEqual([{ name: "Locals", reference: 3 }]);
  });

  test("with more calls than are asked for says so", async () => {
    await begin();
    debug.event("stopped", { reason: "step", threadId: 1 });
    timer.elapse();
    await debug.answers("stackTrace", { stackFrames: FRAMES, totalFrames: 1004 });
    await debug.answers("threads", { threads: [] });
    expect(session.state.moreFrames).toBe(true);
    await stop();
    expect(session.state.moreFrames).toBe(false);
  });

  test("steps once, however often the key is pressed", async () => {
    await begin();
    await stop();
    session.step("next");
    session.step("next");
    expect(debug.commands.filter((command) => command === "next")).toHaveLength(1);
    expect(session.state.phase).toBe("running");
  });

  test("stands where it stood when a step is refused", async () => {
    await begin();
    await stop();
    session.step("stepOut");
    await debug.answers("stepOut", {}, false);
    expect(session.state.phase).toBe("stopped");
  });

  test("names the error at which it stopped", async () => {
    await begin();
    await stop({
      reason: "exception",
      threadId: 1,
      text: "ZeroDivisionError       (note: full exception trace is shown)",
      description: "division by zero",
    });
    expect(session.state.stop).toMatchObject({
      exception: "ZeroDivisionError",
      description: "division by zero",
    });
  });

  test("says why it stopped at a condition that cannot be computed, there and not later", async () => {
    const output =
      "pydevd: Error while evaluating expression in conditional breakpoint: nope > 3\n" +
      "Traceback (most recent call last):\nNameError: name 'nope' is not defined\n\n";
    await begin();
    debug.event("output", { category: "important", output });
    await stop();
    const error = "NameError: name 'nope' is not defined";
    expect(session.state.stop?.wrong).toEqual({ condition: "nope > 3", error });
    session.step("continue");
    await stop();
    expect(session.state.stop?.wrong).toBeNull();
  });

  test("says what is wrong with a condition, however long its traceback is", async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `  File "main.py", line ${index}`);
    const output = ["in conditional breakpoint: deep(9)", ...lines, "RecursionError: too deep"];
    await begin();
    debug.event("output", { category: "important", output: output.join("\n") });
    await stop();
    expect(session.state.stop?.wrong).toEqual({
      condition: "deep(9)",
      error: "RecursionError: too deep",
    });
  });

  test("runs to a line by a breakpoint that is gone afterwards", async () => {
    breakpoints.toggle("main.py", 1);
    await begin();
    await stop();
    session.runTo("main.py", 8);
    expect(debug.last("setBreakpoints").arguments.breakpoints).toEqual([{ line: 1 }, { line: 8 }]);
    debug.event("stopped", { reason: "breakpoint", threadId: 1 });
    expect(debug.last("setBreakpoints").arguments.breakpoints).toEqual([{ line: 1 }]);
  });

  test("stops where it is to run to, whatever the breakpoint there waits for", async () => {
    const conditional = { line: 8, condition: "False" };
    breakpoints.set("main.py", 8, { condition: "False", hits: "", log: "" });
    breakpoints.set("main.py", 9, { condition: "", hits: "", log: "{x:.1f} %" });
    const message = { line: 9, logMessage: '{format((x), ".1f")} %%' };
    await begin();
    await stop();
    session.runTo("main.py", 8);
    expect(debug.last("setBreakpoints").arguments.breakpoints).toEqual([message, { line: 8 }]);
    debug.event("stopped", { reason: "breakpoint", threadId: 1 });
    expect(debug.last("setBreakpoints").arguments.breakpoints).toEqual([conditional, message]);
  });

  test("whose text was edited is asked for its own lines", async () => {
    breakpoints.toggle("main.py", 5);
    await begin();
    await stop();
    inserted = true;
    breakpoints.move("main.py", [{ id: breakpoints.of("main.py")[0]?.id ?? 0, line: 6 }]);
    breakpoints.toggle("main.py", 1);
    session.sendBreakpoints("main.py");
    expect(debug.last("setBreakpoints").arguments.breakpoints).toEqual([{ line: 5 }]);
    expect(session.runTo("main.py", 1)).toBe(false);
    expect(session.state.phase).toBe("stopped");
    expect(session.runTo("main.py", 8)).toBe(true);
    expect(debug.last("setBreakpoints").arguments.breakpoints).toEqual([{ line: 5 }, { line: 7 }]);
  });

  test("that does not answer says so, and answers later", async () => {
    await begin();
    debug.event("stopped", { reason: "step", threadId: 1 });
    timer.elapse();
    timer.elapse();
    await settled();
    expect(session.state.problem).toBe("late");
    await stop();
    expect(session.state.problem).toBe("");
  });

  test("whose connection is gone has ended for the debugger", async () => {
    await begin();
    const asked = session.evaluate("x", "watch");
    debug.event("coderunner_gone");
    await expect(asked).rejects.toThrow("gone");
    expect(session.state).toMatchObject({ phase: "ended", problem: "gone" });
  });

  test("that ended before its connection is not told to be gone", async () => {
    await begin();
    debug.event("terminated");
    debug.event("coderunner_gone");
    expect(session.state).toMatchObject({ phase: "ended", problem: "" });
  });
});

describe("a page that is loaded again", () => {
  test("asks nothing of what happened before, and then where the program stands", async () => {
    const resuming = session.resume();
    debug.event("stopped", { reason: "breakpoint", threadId: 1 });
    debug.event("continued", { threadId: 1 });
    debug.event("stopped", { reason: "step", threadId: 1 });
    timer.clear(0);
    expect(debug.commands).toEqual(["threads"]);
    await debug.answers("threads", { threads: [] });
    await debug.answers("stackTrace", { stackFrames: FRAMES });
    await debug.answers("threads", { threads: [] });
    await debug.answers("scopes", { scopes: [] });
    await resuming;
    expect(session.state).toMatchObject({ phase: "stopped", frame: { line: 2 } });
  });

  test("uses numbers of requests that were not used before", () => {
    void session.resume();
    expect(debug.last("threads").seq).toBeGreaterThan(1000);
  });

  test("of a program that runs says that it runs", async () => {
    const resuming = session.resume();
    await debug.answers("threads", { threads: [] });
    await resuming;
    expect(session.state.phase).toBe("running");
  });
});

describe("a program that lies", () => {
  const LIES: Record<string, unknown> = {
    "a list for an object": { type: "event", event: "stopped", body: [1, 2] },
    "a text for a number": { type: "event", event: "stopped", body: { threadId: "<script>" } },
    "an answer to nothing": { type: "response", request_seq: 5, success: true, body: {} },
    "an unknown event": { type: "event", event: "constructor", body: {} },
    "no type": { event: "stopped" },
    "a thread without a number": { type: "event", event: "thread", body: { reason: "started" } },
  };

  test.each(Object.keys(LIES))("by %s stops nobody", async (lie) => {
    await begin();
    debug.says(LIES[lie]);
    timer.elapse();
    await stop();
    expect(session.state.phase).toBe("stopped");
  });

  test("with endless frames has 200 of them shown at most", async () => {
    await begin();
    debug.event("stopped", { reason: "step", threadId: 1 });
    timer.elapse();
    const [frame] = FRAMES;
    await debug.answers("stackTrace", { stackFrames: Array(5000).fill(frame) });
    await debug.answers("threads", { threads: Array(5000).fill({ id: 1, name: "x" }) });
    expect(session.state.frames.length).toBeLessThanOrEqual(1000);
    expect(session.state.threads.length).toBeLessThanOrEqual(500);
  });

  test("by 100,000 events has one question asked", async () => {
    await begin();
    const before = debug.frames;
    const event = { type: "event", event: "stopped", body: { reason: "step", threadId: 1 } };
    const thousand = ascii(`${JSON.stringify(event)}\n`.repeat(1000));
    let told = 0;
    session.onDidChange(() => {
      told += 1;
    });
    for (let count = 0; count < 100; count += 1) session.feed(thousand);
    expect(told).toBe(100); // what comes together is shown once
    timer.elapse();
    expect(debug.frames - before).toBeLessThanOrEqual(2);
  }, 30_000); // a busy machine

  test("by endless threads has 500 of them kept", async () => {
    await begin();
    for (let id = 1; id < 5000; id += 1) debug.event("thread", { reason: "started", threadId: id });
    expect(session.state.threads.length).toBeLessThanOrEqual(500);
  });
});
