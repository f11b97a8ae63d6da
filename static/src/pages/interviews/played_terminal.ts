import { rt } from "../../common/rooms/room_text";
import { type Replay, ReplayPosition, readReplay } from "../../common/screen/replay_timeline";
import type { PastRun } from "../../protocol.gen";
import { followTheme } from "../../terminal/page_theme";
import { WatchView } from "../../terminal/watch_view";
import { make } from "../classroom/elements";

const GRID = { rows: 24, cols: 80 };

interface Played {
  readonly run: PastRun;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly replay: Replay;
}

/** The programs of a room, one after the other, in one terminal: the newest that had begun. */
export class PlayedTerminal {
  readonly pane: HTMLElement;
  readonly #screen = make("div", { class: "live replay-terminal" });
  readonly #said = make("p", { class: "dim playback-who" }, "\u00a0");
  readonly #encoder = new TextEncoder();
  #view: WatchView | null = null;
  #runs: readonly Played[] = [];
  #shown: Played | null = null;
  #position: ReplayPosition | null = null;

  constructor() {
    this.pane = make("section", { class: "playback-right" }, this.#said, this.#screen);
  }

  async load(runs: readonly PastRun[], cast: (run: PastRun) => Promise<string>): Promise<void> {
    const played: Played[] = [];
    for (const run of runs.filter(({ ended }) => ended)) {
      const replay = readReplay(await cast(run), Number.POSITIVE_INFINITY);
      played.push({ run, began: run.started_at * 1000, replay });
    }
    this.#runs = played;
  }

  /** When something is printed, in milliseconds since 1970. */
  get times(): number[] {
    return this.#runs.flatMap(({ began, replay }) => [
      began,
      ...replay.events.map(({ at }) => began + at),
    ]);
  }

  async open(): Promise<void> {
    const view = new WatchView(this.#screen, GRID, true);
    await view.open();
    followTheme((theme) => view.setTheme(theme));
    this.#view = view;
  }

  /** To a time, in milliseconds since 1970. */
  go(time: number): void {
    const wanted = this.#runs.filter(({ began }) => began <= time).at(-1) ?? null;
    const other = wanted !== this.#shown;
    this.#shown = wanted;
    if (other) this.#position = wanted && new ReplayPosition(wanted.replay);
    if (!wanted || !this.#position) {
      if (other) this.#view?.restart(GRID);
      this.#said.textContent = "\u00a0";
      return;
    }
    this.#said.textContent = rt("run.by", { name: wanted.run.name });
    const { again, events } = this.#position.go(time - wanted.began);
    if (again || other) this.#view?.restart(wanted.replay.grid);
    for (const event of events) {
      if (event.kind === "size") this.#view?.resize(event.grid);
      else this.#view?.write(this.#encoder.encode(event.text), () => undefined);
    }
  }
}
