import { beforeEach, describe, expect, it } from "vitest";
import type { ServerMessage } from "../../protocol.gen";
import { FakeRunHost, PROGRAM, RUN } from "./fake_run_host";

// What the terminal answers by itself when a program asks it: where its cursor is, say.

const QUEUED: ServerMessage = { type: "queued", run: RUN, position: 1 };
const STARTED = { type: "started", run: RUN, language: "python", limits: {} } as ServerMessage;
const EXIT = { type: "exit", run: RUN, outcome: "completed", output_bytes: 0, wall_ms: 1 };
const OTHER = "1b0d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b12";

function attached(output: number, more: Partial<{ control: boolean; input_seq: number }> = {}) {
  return {
    type: "attached",
    run: RUN,
    status: "running",
    language: "python",
    control: true,
    input_seq: 0,
    output_bytes: output,
    ...more,
  } as ServerMessage;
}

let host: FakeRunHost;
beforeEach(() => {
  host = new FakeRunHost();
});

/** What is sent of answers, which are gathered until the parser pauses. */
async function sent(): Promise<string[]> {
  await Promise.resolve();
  await Promise.resolve();
  return host
    .takeSent()
    .flatMap((message) => (message.type === "send_input" ? [message.data] : []));
}

describe("of a program that runs", () => {
  beforeEach(() => host.runs(QUEUED, STARTED));

  it("goes to the program, many in one message", async () => {
    host.prints(0, "?");
    expect(host.asks()).toBe(true);
    for (let times = 0; times < 100; times += 1) host.session.answer("a");
    expect(await sent()).toEqual(["a".repeat(100)]);
  });

  it("is not given to a compiler, nor to the program after it", async () => {
    host.session.receive({ type: "phase", run: RUN, phase: "compiling" });
    expect(host.state?.compiling).toBe(true);
    host.prints(0, "?");
    expect(host.asks()).toBe(false);
    host.session.answer("for the compiler");
    expect(await sent()).toEqual([]);
    host.session.receive({ type: "phase", run: RUN, phase: "running" });
    expect(host.state?.compiling).toBe(false);
    host.prints(1, "?");
    expect(host.asks()).toBe(true);
  });

  it("is bounded while the program does not read", async () => {
    host.prints(0, "?");
    let answers = 0;
    while (host.asks() && answers < 100_000) {
      host.session.answer("\x1b[1;1R");
      answers += 1;
    }
    expect(answers).toBeLessThan(1000);
    await sent();
    expect(host.asks()).toBe(false);
    host.session.receive({ type: "input_ack", seq: 1 });
    expect(host.asks()).toBe(true);
  });

  it("is not wanted any more when the program has ended", async () => {
    host.prints(0, "?");
    const { asks } = host;
    host.session.receive({ ...EXIT, output_bytes: 1 } as ServerMessage);
    expect(asks()).toBe(false);
    host.session.answer("late");
    expect(await sent()).toEqual([]);
  });

  it("does not go to the next program", async () => {
    host.prints(0, "?");
    const { asks } = host;
    host.session.receive({ ...EXIT, output_bytes: 1 } as ServerMessage);
    host.session.start(PROGRAM);
    host.session.receive({ ...QUEUED, run: OTHER } as ServerMessage);
    host.session.receive({ ...STARTED, run: OTHER } as ServerMessage);
    expect(host.state?.phase).toBe("running");
    expect(asks()).toBe(false);
  });

  it("is not given by a window that has lost control, also when it has it again", () => {
    host.session.receive(attached(0, { control: false }));
    host.prints(0, "?");
    expect(host.asks()).toBe(false);
    host.session.receive(attached(0));
    expect(host.asks()).toBe(false);
    host.prints(1, "?");
    expect(host.asks()).toBe(true);
  });

  it("is not given to what was printed while the connection was cut", () => {
    host.prints(0, "a");
    host.online = false;
    host.reconnects();
    host.session.receive(attached(3));
    host.prints(1, "??");
    expect(host.asks()).toBe(false);
    host.prints(3, "?");
    expect(host.asks()).toBe(true);
  });

  it("is not given by a page that was paused", () => {
    host.prints(0, "a");
    host.timer.at = 10_000;
    host.prints(1, "?");
    expect(host.asks()).toBe(false);
  });
});

it("drops what a stopped program printed when the terminal takes too long for it", () => {
  host.runs(QUEUED, STARTED);
  host.prints(0, "x".repeat(40_000));
  host.session.stop();
  host.takeSent();
  host.timer.elapse();
  expect(host.takeSent()).toContainEqual({ type: "ack", offset: 40_000 });
  host.session.receive({
    ...EXIT,
    outcome: "stopped",
    reason: "",
    output_bytes: 40_000,
  } as ServerMessage);
  host.timer.elapse();
  expect(host.skipped).toBe(1);
});

it("leaves the acknowledgements of the next program alone when its output is dropped", () => {
  host.runs(QUEUED, STARTED);
  host.prints(0, "x".repeat(100_000));
  host.session.receive({ ...EXIT, output_bytes: 100_000 } as ServerMessage);
  host.session.start(PROGRAM);
  host.session.receive({ ...QUEUED, run: OTHER } as ServerMessage);
  host.session.receive({ ...STARTED, run: OTHER } as ServerMessage);
  host.takeSent();
  host.prints(0, "x".repeat(40_000));
  host.parses();
  expect(host.takeSent()).toEqual([{ type: "ack", offset: 40_000 }]);
});

it("is not given after a reload to what is shown again", () => {
  host.session.restore(RUN);
  host.session.receive(attached(3));
  host.prints(0, "?");
  expect(host.asks()).toBe(false);
  host.prints(1, "???");
  expect(host.asks()).toBe(true); // only the last piece
  host.parses();
  expect(host.screen).toBe("????");
});

describe("of a program that waits while the page is loaded again", () => {
  beforeEach(() => host.runs(QUEUED, STARTED));

  it("goes to it if nobody has answered yet, from where the server says", () => {
    host.session.receive(attached(8));
    host.prints(0, "asked b4");
    expect(host.asks()).toBe(false);
    host.prints(8, "??");
    expect(host.asks()).toBe(true);
  });
});
