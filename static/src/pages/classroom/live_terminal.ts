import { WatchSession, type WatchState } from "../../common/run/watch_session";
import type { ClientMessage, ServerMessage } from "../../protocol.gen";
import { Connection } from "../../terminal/connection";
import { timer } from "../../terminal/timer";
import { WatchView } from "../../terminal/watch_view";
import { csrfToken } from "../../terminal/ways/csrf_token";
import { followTheme } from "../page_theme";

const FIRST_GRID = { rows: 24, cols: 80 };

export interface TerminalEvents {
  /** The state of the run that is watched. */
  changed(state: WatchState): void;
  received(message: ServerMessage): void;
}

/** The terminals of members, one after the other, over one connection. */
export class LiveTerminal {
  readonly #pane: HTMLElement;
  readonly #events: TerminalEvents;
  readonly #connection = new Connection({
    token: csrfToken,
    way: "socket",
    mayReplace: () => true,
  });
  #view: WatchView | null = null;
  #session: WatchSession | null = null;
  #run: string | null = null;
  #connected = false;

  constructor(pane: HTMLElement, events: TerminalEvents) {
    this.#pane = pane;
    this.#events = events;
    this.#connection.onDidConnect(() => {
      this.#connected = true;
      this.#session?.connected();
    });
    this.#connection.onDidChangeState((state) => {
      if (state !== "connected") this.#connected = false;
    });
    this.#connection.onDidReceiveMessage((message) => {
      this.#session?.receive(message);
      this.#events.received(message);
    });
    this.#connection.onDidReceiveOutput((frame) => this.#session?.output(frame));
  }

  get run(): string | null {
    return this.#run;
  }

  send(message: ClientMessage): boolean {
    return this.#connection.send(message);
  }

  /** Null: nobody's. */
  async watch(run: string | null): Promise<void> {
    if (run === this.#run) return;
    this.#run = run;
    this.#session = null;
    if (run === null) {
      this.#view?.restart(FIRST_GRID);
      return;
    }
    const view = this.#view ?? (await this.#open());
    if (run !== this.#run) return; // another one meanwhile
    view.restart(FIRST_GRID);
    this.#session = new WatchSession(run, {
      screen: view,
      timer,
      send: (message) => this.#connection.send(message),
      changed: (state) => this.#events.changed(state),
    });
    if (this.#connected) this.#session.connected();
  }

  async #open(): Promise<WatchView> {
    const view = new WatchView(this.#pane, FIRST_GRID);
    this.#view = view;
    await view.open();
    followTheme((theme) => view.setTheme(theme));
    this.#connection.open();
    return view;
  }
}
