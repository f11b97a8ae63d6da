import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Emitter } from "../../common/base/emitter";
import { FakeTimer } from "../../common/base/fake_timer";
import { PROGRAM, RUN } from "../../common/run/fake_run_host";
import type { OutputFrame } from "../../common/run/message_codec";
import type { ClientMessage, ServerMessage } from "../../protocol.gen";
import type { TerminalInput } from "../../terminal/guard/guarded_terminal";
import { RunPanel, type RunPanelDependencies } from "./run_panel";

const fakes = vi.hoisted(() => ({ connection: null as unknown, timer: null as unknown }));
vi.mock("../../terminal/connection", () => ({
  Connection: class {
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: the panel makes its connection itself
      return fakes.connection as object;
    }
  },
}));
vi.mock("../../terminal/timer", () => ({
  timer: {
    set: (callback: () => void) => (fakes.timer as FakeTimer).set(callback),
    clear: (handle: unknown) => (fakes.timer as FakeTimer).clear(handle),
    now: () => (fakes.timer as FakeTimer).now(),
  },
}));

class FakeConnection {
  readonly #message = new Emitter<ServerMessage>();
  readonly #output = new Emitter<OutputFrame>();
  readonly onDidReceiveMessage = this.#message.event;
  readonly onDidReceiveOutput = this.#output.event;
  readonly onDidChangeState = new Emitter().event;
  readonly onDidConnect = new Emitter().event;
  readonly onDidFailToConnect = new Emitter().event;
  readonly onDidDiagnose = new Emitter().event;
  readonly onDidChooseWay = new Emitter().event;
  readonly typed: string[] = [];

  send(message: ClientMessage): boolean {
    if (message.type === "send_input") this.typed.push(message.data);
    return true;
  }

  receive(message: ServerMessage): void {
    this.#message.fire(message);
  }

  print(text: string): void {
    this.#output.fire({ offset: 0, data: new TextEncoder().encode(text) });
  }
}

/** Like xterm.js, it parses later, and answers what the program asks while it parses. */
class FakeTerminal {
  readonly unparsed: (() => void)[] = [];
  readonly drawn: string[] = [];
  #active = false;
  #input: TerminalInput = { typed: () => undefined, answered: () => undefined };
  readonly screen = {
    grid: { rows: 24, cols: 80 },
    reset: () => undefined,
    showReset: () => this.drawn.push("reset"),
    write: (data: Uint8Array, parsed: () => void, wants?: () => boolean) => {
      this.unparsed.push(() => {
        const asks = new TextDecoder().decode(data).includes("\x1b[6n");
        if (asks && wants?.()) this.#input.answered("\x1b[1;1R");
        parsed();
      });
    },
    whenParsed: (parsed: () => void) => this.unparsed.push(parsed),
    note: () => undefined,
    end: () => undefined,
  };

  async open(input: TerminalInput): Promise<void> {
    this.#input = input;
  }

  type(text: string): void {
    if (this.#active) this.#input.typed(text);
  }

  parse(): void {
    for (const one of this.unparsed.splice(0)) one();
  }

  setActive(active: boolean): void {
    this.#active = active;
  }

  showActive(): void {
    this.drawn.push(this.#active ? "active" : "passive");
  }

  setWaiting(): void {}
  focus(): void {}
}

let connection: FakeConnection;
let terminal: FakeTerminal;

/** A program that has just started; what it changes on the page is held back. */
beforeEach(async () => {
  fakes.timer = new FakeTimer();
  fakes.connection = connection = new FakeConnection();
  terminal = new FakeTerminal();
  vi.stubGlobal("sessionStorage", {});
  vi.stubGlobal("window", new EventTarget());
  const panel = new RunPanel({
    terminal,
    snippetSession: { id: 7, content: () => PROGRAM, saveNow: async () => 7 },
    programOptions: { args: [], keepOpen: false },
    classOfRun: () => ({ class: 3 }),
    statusView: { show: () => terminal.drawn.push("status"), showConnection: () => undefined },
    errors: { follow: () => undefined },
    storage: { getOfTab: () => null, getRun: () => null, setRun: () => undefined },
    config: { user: "ada", start_bytes: 1000 },
  } as unknown as RunPanelDependencies);
  await panel.open(false);
  panel.run();
  connection.receive({ type: "queued", run: RUN, position: 1 });
  terminal.drawn.length = 0;
});

afterEach(() => vi.unstubAllGlobals());

function starts(): void {
  connection.receive({ type: "started", run: RUN } as ServerMessage);
}

it("passes the terminal's answer to the first output on", async () => {
  starts();
  connection.print("\x1b[6n");
  terminal.parse();
  await Promise.resolve();
  expect(connection.typed).toEqual(["\x1b[1;1R"]);
});

it("passes keys on that are typed before there is output, and shows nothing before", () => {
  starts();
  terminal.type("Ada\r");
  expect(connection.typed).toEqual(["Ada\r"]);
  expect(terminal.drawn).toEqual([]);
  (fakes.timer as FakeTimer).elapse();
  expect(terminal.drawn).toEqual(["reset", "active", "status"]);
});

it("keeps keys for a program that is queued, and takes none after it", () => {
  terminal.type("early");
  expect(connection.typed).toEqual([]);
  starts();
  expect(connection.typed).toEqual(["early"]);
  connection.receive({
    type: "exit",
    run: RUN,
    outcome: "completed",
    reason: "",
    wall_ms: 1,
    output_bytes: 0,
  } as ServerMessage);
  terminal.type("late");
  expect(connection.typed).toEqual(["early"]);
});
