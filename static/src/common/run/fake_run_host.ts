import type { ClientMessage, ServerMessage } from "../../protocol.gen";
import { FakeTimer } from "../base/fake_timer";
import type { WantsAnswers } from "../screen/answers";
import type { Grid } from "./run_host";
import { RunSession } from "./run_session";
import type { RunState } from "./run_state";

export const RUN = "6f9d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b11";
export const PROGRAM = {
  language: "python",
  files: [{ path: "main.py", content: "" }],
  main: "main.py",
  args: [],
  snippet: null,
};
/** For tests: a session with a screen and a server that record the calls. */
export class FakeRunHost {
  online = true;
  grid: Grid = { rows: 24, cols: 80 };
  sent: ClientMessage[] = [];
  screen = "";
  /** What was shown of input that waits, each time. */
  held: string[] = [];
  unparsed: (() => void)[] = [];
  skipped = 0;
  /** Whether the program wants answers to what it printed last. */
  asks: WantsAnswers = () => false;
  notices: string[] = [];
  refusals: string[] = [];
  state: RunState | null = null;
  readonly timer = new FakeTimer();
  readonly session: RunSession;

  constructor() {
    const host = this;
    this.session = new RunSession({
      timer: this.timer,
      startBytes: 1000,
      screen: {
        get grid() {
          return host.grid;
        },
        reset: () => {
          this.screen = "";
          this.parses(); // what is dropped
        },
        write: (data, parsed, wants) => {
          this.screen += new TextDecoder().decode(data);
          this.unparsed.push(parsed);
          this.asks = wants ?? (() => false);
        },
        skip: () => {
          this.skipped += 1;
          this.parses();
        },
        held: (text) => {
          this.held.push(text);
        },
        note: (text) => {
          this.screen += `[${text}]`;
        },
        end: (text) => {
          this.screen += `[${text}]`;
        },
      },
      send: (message) => {
        if (this.online) this.sent.push(message);
        return this.online;
      },
      changed: (state) => {
        this.state = state;
      },
      notice: (text) => this.notices.push(text),
      refused: (code) => this.refusals.push(code),
    });
  }

  /** The messages sent since the last call. */
  takeSent(): ClientMessage[] {
    return this.sent.splice(0);
  }

  prints(offset: number, text: string): void {
    this.session.output({ offset, data: new TextEncoder().encode(text) });
  }

  parses(): void {
    for (const parsed of this.unparsed.splice(0)) parsed();
  }

  runs(...answers: ServerMessage[]): void {
    this.session.start(PROGRAM);
    for (const message of answers) this.session.receive(message);
    this.takeSent();
  }

  reconnects(): void {
    this.online = true;
    this.session.connected();
  }
}
