import type { Theme } from "../common/preferences";
import type { Program } from "../common/run/run_host";
import { RunSession } from "../common/run/run_session";
import { isActive, mayType, type RunState, takesInput } from "../common/run/run_state";
import { Connection } from "../terminal/connection";
import { TerminalView } from "../terminal/terminal_view";
import { timer } from "../terminal/timer";
import type { VisitorTickets } from "./tickets";

export interface TryTerminalHost {
  readonly pane: HTMLElement;
  readonly tickets: VisitorTickets;
  readonly startBytes: number;
  /** Whether its user has a touch screen, and no mouse. */
  readonly touch: boolean;
  changed(state: RunState): void;
  /** A sentence for the reader. */
  notice(text: string): void;
}

/** The terminal of a visitor: connected with the first program. */
export class TryTerminal {
  readonly #host: TryTerminalHost;
  readonly #view: TerminalView;
  readonly #connection: Connection;
  readonly #session: RunSession;
  #open = false;

  constructor(host: TryTerminalHost) {
    this.#host = host;
    this.#view = new TerminalView(host.pane);
    this.#view.touch = host.touch;
    this.#connection = new Connection({
      token: () => "",
      way: "socket",
      ticket: () => host.tickets.last,
      mayReplace: () => false,
    });
    this.#session = new RunSession({
      screen: this.#view.screen,
      timer,
      startBytes: host.startBytes,
      send: (message) => this.#connection.send(message),
      changed: (state) => this.#show(state),
      notice: (text) => host.notice(text),
      refused: () => undefined,
    });
    this.#connection.onDidConnect(() => this.#session.connected());
    this.#connection.onDidReceiveMessage((message) => this.#session.receive(message));
    this.#connection.onDidReceiveOutput((frame) => this.#session.output(frame));
    // A ticket opens one socket: another try needs another one.
    this.#connection.onDidFailToConnect(() => this.#renew());
    this.#connection.onDidChangeState((state) => {
      if (state === "reconnecting" && this.#open) this.#renew();
    });
  }

  async open(): Promise<void> {
    const input = {
      typed: (text: string) => this.#session.type(text),
      answered: (text: string) => this.#session.answer(text),
    };
    await this.#view.open(input, () => this.#session.resize());
  }

  get active(): boolean {
    return isActive(this.#session.state);
  }

  /** `tickets` have a fresh one. */
  start(program: Program): void {
    if (!this.#open) this.#connection.open();
    this.#open = true;
    this.#session.start(program);
    this.#view.focus();
  }

  stop(): void {
    this.#session.stop();
  }

  clear(): void {
    this.#view.clearAll();
    this.#session.forget();
  }

  focus(): void {
    this.#view.focus();
  }

  text(): string {
    return this.#view.text();
  }

  setTheme(theme: Theme): void {
    const options = { copyOnSelect: false, bell: "off", optionIsMeta: false } as const;
    this.#view.setOptions({ ...options, fontSize: 14, theme, screenReader: false });
  }

  #renew(): void {
    this.#host.tickets.forget();
    void this.#host.tickets.fresh().catch((error: Error) => this.#host.notice(error.message));
  }

  #show(state: RunState): void {
    this.#view.setActive(takesInput(state));
    this.#view.screen.showReset();
    this.#view.showActive();
    this.#view.setWaiting(state.waiting !== "" && mayType(state));
    this.#host.changed(state);
  }
}
