import { describe, expect, it } from "vitest";
import type { ClientMessage, Exit } from "../../protocol.gen";
import { FakeTimer } from "../base/fake_timer";
import { WatchSession, type WatchState } from "./watch_session";

const RUN = "6f9d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b11";
const SIZE = { rows: 30, cols: 96 };
const EXIT: Exit = {
  type: "exit",
  run: RUN,
  outcome: "completed",
  exit_code: 0,
  signal: null,
  reason: "The program finished.",
  reason_code: "completed",
  figures: {},
  wall_ms: 1,
  cpu_ms: 1,
  memory_peak_bytes: 1,
  output_bytes: 5,
};

class Watched {
  sent: ClientMessage[] = [];
  screen = "";
  unparsed: (() => void)[] = [];
  states: WatchState[] = [];
  readonly timer = new FakeTimer();
  readonly session = new WatchSession(RUN, {
    timer: this.timer,
    screen: {
      write: (data, parsed) => {
        this.screen += new TextDecoder().decode(data);
        this.unparsed.push(parsed);
      },
      note: (text) => {
        this.screen += `[${text}]`;
      },
      resize: ({ rows, cols }) => {
        this.screen += `[${rows}x${cols}]`;
      },
    },
    send: (message) => {
      this.sent.push(message);
      return true;
    },
    changed: (state) => this.states.push(state),
  });

  constructor() {
    this.session.connected();
  }

  get phases(): string[] {
    return this.states.map(({ phase }) => phase);
  }

  attached(status: "queued" | "running" = "running"): void {
    const language = "python";
    this.session.receive({
      type: "attached",
      run: RUN,
      status,
      language,
      control: false,
      input_seq: 0,
    });
  }

  prints(offset: number, text: string): void {
    this.session.output({ offset, data: new TextEncoder().encode(text) });
  }

  refused(code: "unavailable" | "not_found" | "rate_limited", message: string): void {
    const reason_code = "no_such_run";
    this.session.receive({ type: "error", code, message, reason_code, figures: {}, run: null });
  }

  takeSent(): ClientMessage[] {
    return this.sent.splice(0);
  }
}

const attach = (offset: number) => ({ type: "attach", run: RUN, offset, watch: true });

describe("a page that watches a run", () => {
  it("asks for all of it, shows it, and follows its size", () => {
    const page = new Watched();
    expect(page.takeSent()).toEqual([attach(0)]);
    page.attached();
    page.session.receive({ type: "terminal_size", run: RUN, ...SIZE });
    page.prints(0, "hello");
    expect(page.screen).toBe("[30x96]hello");
    page.session.receive(EXIT);
    expect(page.phases).toEqual(["running", "ended"]);
  });

  it("waits with a run in the queue", () => {
    const page = new Watched();
    page.attached("queued");
    page.attached();
    expect(page.phases).toEqual(["queued", "running"]);
  });

  it("knows that the program waits, until it prints", () => {
    const page = new Watched();
    page.attached();
    const code = "waiting_for_input";
    page.session.receive({ type: "notice", run: RUN, code, message: "" });
    page.prints(0, "thanks");
    expect(page.phases).toEqual(["running", "waiting", "running"]);
  });

  it("knows that the program goes on after an answer that is not shown", () => {
    const page = new Watched();
    page.attached();
    for (const code of ["running", "waiting_for_input", "running", "running"] as const) {
      page.session.receive({ type: "notice", run: RUN, code, message: "" });
    }
    expect(page.phases).toEqual(["running", "waiting", "running"]);
  });

  it("goes on after a lost connection where it was", () => {
    const page = new Watched();
    page.attached();
    page.prints(0, "abc");
    page.takeSent();
    page.session.connected();
    expect(page.takeSent()).toEqual([attach(3)]);
    page.attached();
    page.prints(1, "bcd");
    expect(page.screen).toBe("abcd");
  });

  it("asks again for output that is missing, also at the end", () => {
    const page = new Watched();
    page.attached();
    page.takeSent();
    page.prints(2, "cd");
    expect(page.takeSent()).toEqual([attach(0)]);
    page.attached();
    page.session.receive(EXIT);
    expect(page.takeSent()).toEqual([attach(0)]);
    expect(page.phases).not.toContain("ended");
  });

  it("says what is gone for good", () => {
    const page = new Watched();
    page.attached();
    page.session.receive({ type: "gap", from: 0, to: 2048 });
    page.prints(2048, "x");
    expect(page.screen).toMatch(/^\[2\.0 KB .*\]x$/);
  });

  it("acknowledges only what its own terminal has parsed", () => {
    const page = new Watched();
    page.attached();
    page.takeSent();
    page.prints(0, "x".repeat(40_000));
    expect(page.takeSent()).toEqual([]);
    for (const parsed of page.unparsed) parsed();
    expect(page.takeSent()).toEqual([{ type: "ack", offset: 40_000 }]);
  });

  it("never types, resizes or stops", () => {
    const page = new Watched();
    page.attached();
    page.prints(0, "hello");
    page.session.receive({ type: "terminal_size", run: RUN, ...SIZE });
    page.session.receive(EXIT);
    expect(new Set(page.sent.map(({ type }) => type))).toEqual(new Set(["attach"]));
  });

  it("asks again when it asked too often, and shows what it showed meanwhile", () => {
    const page = new Watched();
    page.takeSent();
    page.refused("rate_limited", "Slow.");
    expect(page.states).toEqual([]);
    page.timer.elapse();
    expect(page.takeSent()).toEqual([attach(0)]);
    page.attached();
    page.refused("rate_limited", "Slow.");
    page.timer.elapse();
    expect(page.takeSent()).toEqual([]);
  });

  it("asks again later when there is no room, and never when it may not see the run", () => {
    const page = new Watched();
    page.refused("unavailable", "Too many.");
    expect(page.states.at(-1)).toEqual({ phase: "refused", problem: "Too many.", again: true });
    page.takeSent();
    page.timer.elapse();
    expect(page.takeSent()).toEqual([attach(0)]);
    page.refused("not_found", "No such run.");
    expect(page.states.at(-1)).toMatchObject({ phase: "refused", again: false });
    page.takeSent();
    page.session.connected();
    page.prints(0, "late");
    expect([page.takeSent(), page.screen]).toEqual([[], ""]);
  });
});
