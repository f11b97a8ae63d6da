import { WatchSession, type WatchState } from "../../common/run/watch_session";
import type { ClientMessage, ServerMessage } from "../../protocol.gen";
import { Connection } from "../../terminal/connection";
import { followTheme } from "../../terminal/page_theme";
import { timer } from "../../terminal/timer";
import { WatchView } from "../../terminal/watch_view";
import { csrfToken } from "../../terminal/ways/csrf_token";
import type { LiveScreen, ScreenNews } from "../live_screen";

const SCREEN = 2;
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
    sides: true,
    mayReplace: () => true,
  });
  #view: WatchView | null = null;
  #session: WatchSession | null = null;
  #run: string | null = null;
  /** Whose frames come now. */
  #attached = "";
  #screen: Promise<LiveScreen | null> | null = null;
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
      if ((message.type === "gap" || message.type === "channel_ack") && message.channel) {
        this.#hearAside(message);
        return;
      }
      if (message.type === "attached") this.#attached = message.run;
      this.#session?.receive(message);
      this.#events.received(message);
    });
    this.#connection.onDidReceiveOutput((frame) => {
      if (frame.channel) this.#hearAside(frame);
      else this.#session?.output(frame);
    });
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
    void this.#screen?.then((screen) => screen?.end());
    this.#screen = null;
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

  /** What shows windows is loaded with the first program that has a screen. */
  #hearAside(news: ScreenNews): void {
    if (news.channel !== SCREEN || this.#attached !== this.#run) return;
    this.#screen ??= import("../live_screen").then(
      ({ LiveScreen }) => new LiveScreen(this.#connection, this.#pane),
      () => null, // without a connection
    );
    void this.#screen.then((screen) => screen?.hear(news));
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
