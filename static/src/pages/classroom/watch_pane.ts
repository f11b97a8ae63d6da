import { ct } from "../../common/classroom/class_text";
import { name } from "../../common/classroom/grid_order";
import type { WatchState } from "../../common/run/watch_session";
import type {
  ClassClientMessage,
  ClassJoined,
  ClassServerMessage,
  MemberCode,
  ServerMessage,
  Tile,
} from "../../protocol.gen";
import { CodeView } from "./code_view";
import { button, make, say } from "./elements";
import { HelpBar } from "./help_bar";
import { LiveTerminal } from "./live_terminal";
import { StopForm } from "./stop_form";
import { WatchArtifacts } from "./watch_artifacts";

const ACTIVE = new Set(["queued", "running", "waiting"]);

export interface WatchHost {
  readonly seat: ClassJoined;
  send(message: ClassClientMessage): boolean;
  closed(user: string): void;
  /** `step`: 1 is the next one of the grid, -1 the one before. */
  neighbour(user: string, step: number): void;
}

/** One member: code beside terminal, and what can be done. */
export class WatchPane {
  readonly #pane: HTMLElement;
  readonly #host: WatchHost;
  readonly #title = make("h2", { tabindex: -1 });
  readonly #state = make("p", { class: "watch-state", role: "status" });
  readonly #note = make("p", { class: "dim" });
  readonly #codeTitle = make("h3");
  readonly #code: CodeView;
  readonly #terminal: LiveTerminal;
  readonly #help: HelpBar;
  readonly #stop: StopForm;
  readonly #show: HTMLButtonElement;
  readonly #noRun = make("p", { class: "dim" });
  readonly #artifacts = new WatchArtifacts();
  readonly #live = make("div", { class: "live", "data-testid": "watch-terminal" });
  #tile: Tile | null = null;

  constructor(pane: HTMLElement, host: WatchHost) {
    this.#pane = pane;
    this.#host = host;
    const codePane = make("div", { class: "watch-files", "data-testid": "watch-code" });
    this.#code = new CodeView(codePane);
    this.#terminal = new LiveTerminal(this.#live, {
      changed: (state) => this.#showRun(state),
      received: (message) => this.#receive(message),
    });
    this.#help = new HelpBar({ send: (message) => this.#terminal.send(message) });
    this.#stop = new StopForm((reason) => {
      const run = this.#tile?.run;
      if (run) host.send({ type: "stop_run", run, reason });
    });
    this.#show = button(ct("show.ask"), () => this.#askShow());
    this.#show.hidden = !host.seat.may_show;
    this.#stop.element.hidden = !host.seat.may_stop;
    this.#help.element.hidden = !host.seat.may_help;
    const code = make("section", { class: "watch-code" }, this.#codeTitle, codePane);
    const right = [this.#noRun, this.#live, this.#artifacts.element, this.#help.element];
    const terminal = make("section", { class: "watch-terminal" }, ...right);
    pane.append(this.#head(), make("div", { class: "watch-columns" }, code, terminal));
    pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get user(): string | null {
    return this.#tile?.user ?? null;
  }

  open(tile: Tile): void {
    const another = tile.user !== this.#tile?.user;
    this.#pane.hidden = false;
    if (another) {
      this.#tile = null;
      this.#code.show(null);
      this.#show.disabled = false; // the one before may never answer
      say(this.#codeTitle, ct("watch.code_last"));
      this.#host.send({ type: "watch_code", user: tile.user });
    }
    this.update(tile);
    if (another) this.#title.focus();
  }

  /** After a reconnect: the server does not know any more who is watched. */
  resume(): void {
    if (this.#tile) this.#host.send({ type: "watch_code", user: this.#tile.user });
  }

  update(tile: Tile): void {
    const before = this.#tile;
    this.#tile = tile;
    const student = name(tile);
    say(this.#title, student);
    say(this.#note, ct(this.#host.seat.quiet ? "watch.quiet" : "watch.told", { student }));
    say(this.#noRun, tile.run ? "" : ct("watch.no_run", { student }));
    this.#live.hidden = tile.run === null;
    const active = tile.run !== null && ACTIVE.has(tile.state);
    const changed = before?.run !== tile.run || before?.user !== tile.user;
    if (changed || ACTIVE.has(before?.state ?? "") !== active) {
      this.#help.reset(student, active);
      this.#stop.reset(student, active);
    }
    if (changed) {
      this.#artifacts.watch(tile.run);
      void this.#terminal.watch(tile.run);
    }
    say(this.#state, ct(`state.${tile.state}`));
  }

  receive(message: ClassServerMessage): void {
    const student = this.#tile ? name(this.#tile) : "";
    switch (message.type) {
      case "code":
        this.#showCode(message);
        break;
      case "stopped":
        say(this.#state, ct(message.ended ? "stop.stopped" : "stop.not"));
        break;
      case "show_answered":
        this.#show.disabled = false;
        if (message.user === this.#tile?.user) {
          say(this.#state, ct(message.allow ? "show.yes" : "show.no", { student }));
        }
        break;
      case "error":
        say(this.#state, message.message);
        break;
    }
  }

  close(): void {
    const user = this.#tile?.user;
    if (user === undefined) return;
    this.#help.reset("", false);
    this.#tile = null;
    this.#pane.hidden = true;
    this.#host.send({ type: "watch_code", user: null });
    this.#artifacts.watch(null);
    void this.#terminal.watch(null);
    this.#host.closed(user);
  }

  #head(): HTMLElement {
    const step = (by: number) => () => {
      if (this.#tile) this.#host.neighbour(this.#tile.user, by);
    };
    const previous = button("‹", step(-1), "quiet");
    const next = button("›", step(1), "quiet");
    previous.setAttribute("aria-label", ct("watch.previous"));
    next.setAttribute("aria-label", ct("watch.next"));
    const close = button(ct("watch.close"), () => this.close());
    const title = make("div", { class: "watch-title" }, this.#title, this.#state, this.#note);
    const actions = [previous, next, this.#show, this.#stop.element, close];
    return make(
      "header",
      { class: "watch-head" },
      title,
      make("div", { class: "actions" }, ...actions),
    );
  }

  #receive(message: ServerMessage): void {
    this.#help.receive(message);
    this.#artifacts.receive(message);
  }

  #showRun(state: WatchState): void {
    this.#live.dataset.state = state.phase;
    if (state.phase === "ended") say(this.#state, state.exit.reason);
    if (state.phase === "refused") say(this.#state, state.problem);
  }

  #showCode(code: MemberCode): void {
    if (code.user !== this.#tile?.user) return;
    say(this.#codeTitle, ct(code.live ? "watch.code_live" : "watch.code_last"));
    this.#code.show({ files: code.files, path: code.main, line: code.line, cut: code.cut });
  }

  #askShow(): void {
    if (!this.#tile || !this.#host.send({ type: "ask_show", user: this.#tile.user })) return;
    this.#show.disabled = true;
    say(this.#state, ct("show.asked", { student: name(this.#tile) }));
  }
}
