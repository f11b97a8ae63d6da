import { rt } from "../../common/rooms/room_text";
import { RunSession } from "../../common/run/run_session";
import { isActive, type RunState, takesInput } from "../../common/run/run_state";
import { stateSentence } from "../../common/run/run_status_text";
import { shownGrid } from "../../common/screen/shown_grid";
import type { ClientMessage, RoomRun, ServerMessage, SourceFile } from "../../protocol.gen";
import { Connection } from "../../terminal/connection";
import { TerminalView } from "../../terminal/terminal_view";
import { timer } from "../../terminal/timer";
import { csrfToken } from "../../terminal/ways/csrf_token";
import { byId, make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { redraw } from "./room_page";

export interface RoomTerminalHost {
  readonly room: number;
  readonly user: string;
  /** The id of the language that programs are started in. */
  language(): string;
  readonly startBytes: number;
  readonly mayType: () => boolean;
  readonly ticket: () => string;
  program(): { readonly files: readonly SourceFile[]; readonly main: string };
  nameOf(user: string): string;
}

/** The one terminal of a room: the newest program that somebody started in it. */
export class RoomTerminal {
  readonly view = new TerminalView(byId("room-terminal"));
  readonly #host: RoomTerminalHost;
  readonly #connection: Connection;
  readonly #session: RunSession;
  readonly #start = document.getElementById("room-start") as HTMLButtonElement | null;
  readonly #stop = byId<HTMLButtonElement>("room-stop");
  readonly #badge = byId("room-run-state");
  readonly #control = byId("room-control");
  readonly #does = byId("room-does");
  #newest: RoomRun | null = null;
  /** Who started the program that is shown. */
  #owner = "";
  /** The user has asked for the keyboard, as far as this page knows. */
  #asked = false;
  #shared: RunState["shared"] = null;
  /** Who asks for the keyboard, as the user has been told. */
  #told: readonly string[] = [];

  constructor(host: RoomTerminalHost) {
    this.#host = host;
    this.#connection = new Connection({
      token: csrfToken,
      way: "socket",
      ticket: host.ticket,
      mayReplace: () => true,
    });
    this.#session = new RunSession({
      screen: this.view.screen,
      timer,
      startBytes: host.startBytes,
      send: (message) => this.#connection.send(message),
      changed: (state) => this.#show(state),
      notice: (text) => toast(text, "problem"),
      refused: () => undefined,
    });
    this.#connection.onDidConnect(() => this.#session.connected());
    this.#connection.onDidReceiveMessage((message) => this.#receive(message));
    this.#connection.onDidReceiveOutput((frame) => this.#session.output(frame));
    this.#start?.addEventListener("click", () => this.start());
    this.#stop.addEventListener("click", () => this.#session.stop());
  }

  async open(): Promise<void> {
    const { view } = this;
    const input = {
      typed: (text: string) => this.#session.type(text),
      answered: (text: string) => this.#session.answer(text),
    };
    await view.open(input, () => this.#session.resize());
    this.#show(this.#session.state);
    this.#connection.open();
  }

  start(): void {
    if (isActive(this.#session.state)) return;
    const { room, user } = this.#host;
    const language = this.#host.language();
    this.#owner = user;
    this.view.setGrid(null);
    this.#session.start({ language, ...this.#host.program(), args: [], snippet: null, room });
    this.view.focus();
  }

  /** The user's role may be another one. */
  refresh(): void {
    const { state } = this.#session;
    if (this.#start) this.#start.disabled = isActive(state) || !this.#host.mayType();
    this.#showControl(state);
  }

  /** Somebody has started a program: it is shown, unless the user types into another one. */
  follow(newest: RoomRun): void {
    this.#newest = newest;
    const { state } = this.#session;
    const own = isActive(state) && (state.control || this.#owner === this.#host.user);
    if (newest.run === null || newest.run === state.run || own) return;
    if (this.#owner === this.#host.user && state.phase === "starting") return;
    this.#owner = newest.user;
    this.#asked = false;
    this.#session.restore(newest.run);
  }

  #receive(message: ServerMessage): void {
    if (message.type === "terminal_size") {
      if (!this.#session.state.control) this.view.setGrid(shownGrid(message));
      return;
    }
    // Of who was removed or has signed out: the room's own connection says which it is.
    if (message.type === "error" && message.reason_code === "signed_out") return;
    this.#session.receive(message);
  }

  #show(state: RunState): void {
    if (state.control) this.view.setGrid(null);
    this.#noteAsked(state);
    this.view.setActive(takesInput(state) && state.control);
    this.view.screen.showReset();
    this.view.showActive();
    const active = isActive(state);
    if (this.#start) this.#start.disabled = active || !this.#host.mayType();
    this.#stop.disabled = !active || (!state.control && state.shared === null);
    const phase =
      state.phase === "starting" || state.phase === "restoring" ? "queued" : state.phase;
    this.#badge.dataset.state = phase;
    this.#badge.textContent = rt(
      state.stopping && active ? "run.stopping" : `run.${phase as "idle" | "queued" | "running"}`,
    );
    this.#badge.title = stateSentence(state);
    this.#showControl(state);
    if (!active) queueMicrotask(() => this.#newest && this.#followLater(this.#newest));
  }

  /** Another program was started while the user's own ran. */
  #followLater(newest: RoomRun): void {
    if (newest.user !== this.#host.user) this.follow(newest);
  }

  #showControl(state: RunState): void {
    const { holder, choices } = this.#choices(state);
    if (this.#control.textContent !== holder) this.#control.textContent = holder;
    const keys = choices.map(({ dataset }) => dataset.key);
    const shown = [...this.#does.children].map((one) => (one as HTMLElement).dataset.key);
    // A button that is there already stays: it may be pressed just now.
    if (keys.join("\n") !== shown.join("\n")) redraw(this.#does, choices);
  }

  /** What the server says of who asks, when it says something new. */
  #noteAsked(state: RunState): void {
    if (state.shared !== this.#shared) {
      this.#shared = state.shared;
      this.#asked = this.#isHeard;
    }
    if (state.control || !isActive(state)) this.#asked = false;
  }

  get #isHeard(): boolean {
    return this.#shared?.requests.includes(this.#host.user) ?? false;
  }

  /** A question is not repeated by the server: who is not heard may ask again. */
  #ask(): void {
    this.#asked = true;
    timer.set(() => {
      this.#asked &&= this.#isHeard;
      this.#showControl(this.#session.state);
    }, HEARD_MS);
  }

  /** Who types, and what the user can do about it. */
  #choices(state: RunState): { readonly holder: string; readonly choices: HTMLElement[] } {
    const name = (user: string) => this.#host.nameOf(user);
    const own = this.#owner === this.#host.user;
    if (!isActive(state)) {
      this.#told = [];
      const over = state.phase === "finished" && this.#owner;
      return { holder: over ? rt("run.by", { name: name(this.#owner) }) : "", choices: [] };
    }
    const { shared, control: you } = state;
    const user = shared?.holder ?? this.#owner;
    const holder = you ? rt("control.you") : rt("control.holder", { name: name(user) });
    if (own) {
      const asking = shared?.requests ?? [];
      this.#tell(asking);
      const choices = asking.map((one) =>
        this.#choice(rt("control.grant", { name: name(one) }), { type: "grant_control", to: one }),
      );
      if (!you && shared) choices.push(this.#choice(rt("control.take"), RELEASE));
      return { holder, choices };
    }
    if (you) return { holder, choices: [this.#choice(rt("control.release"), RELEASE)] };
    if (this.#asked) return { holder: rt("control.asked"), choices: [] };
    if (!this.#host.mayType()) return { holder, choices: [] };
    return { holder, choices: [this.#choice(rt("control.ask"), { type: "request_control" })] };
  }

  /** Also to who looks at the code, on a phone. */
  #tell(asking: readonly string[]): void {
    for (const user of asking) {
      if (!this.#told.includes(user)) {
        toast(rt("control.wants", { name: this.#host.nameOf(user) }));
      }
    }
    this.#told = asking;
  }

  #choice(label: string, message: ClientMessage): HTMLButtonElement {
    const attributes = { class: "button", "data-does": message.type, "data-key": label };
    const made = make("button", { type: "button", ...attributes }, label);
    made.addEventListener("click", () => {
      if (!this.#connection.send(message)) return;
      if (message.type === "request_control") this.#ask();
      this.#showControl(this.#session.state);
    });
    return made;
  }

  text(): string {
    return this.view.text();
  }
}

/** In which the executor has heard a question. */
const HEARD_MS = 5000;
const RELEASE = { type: "release_control" } as const;
