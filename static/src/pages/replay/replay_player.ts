import type { Timer } from "../../common/base/timer";
import type { Grid } from "../../common/run/run_host";
import { type Replay, type ReplayEvent, ReplayPosition } from "../../common/screen/replay_timeline";

/** How often the position is shown while nothing happens. */
const STEP_MS = 250;

export interface ReplayScreen {
  /** Empty, and of that size; what is not shown yet will not be. */
  restart(grid: Grid): void;
  resize(grid: Grid): void;
  write(data: Uint8Array, parsed: () => void): void;
}

/** Plays a recording on a terminal that only shows: from any moment, at any speed. */
export class ReplayPlayer {
  #playing = false;
  #step: unknown = null;
  /** When playing began, in milliseconds of the clock and of the replay. */
  #began = { clock: 0, moment: 0 };
  #speed: number;
  readonly #replay: Replay;
  readonly #position: ReplayPosition;
  readonly #screen: ReplayScreen;
  readonly #timer: Timer;
  readonly #changed: () => void;
  readonly #encoder = new TextEncoder();

  /** `changed` is called when it plays, pauses or is at another moment. */
  constructor(replay: Replay, speed: number, to: ReplayScreen, timer: Timer, changed: () => void) {
    this.#replay = replay;
    this.#position = new ReplayPosition(replay);
    this.#speed = speed;
    this.#screen = to;
    this.#timer = timer;
    this.#changed = changed;
    this.#screen.restart(replay.grid);
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** In milliseconds. */
  get at(): number {
    return this.#position.at;
  }

  play(): void {
    if (this.#playing) return;
    if (this.#position.ended) this.#go(0);
    this.#playing = true;
    this.#begin();
    this.#changed();
  }

  pause(): void {
    if (!this.#playing) return;
    this.#go(this.#now());
    this.#stop();
    this.#changed();
  }

  seek(moment: number): void {
    this.#go(moment);
    if (this.#playing) this.#begin();
    this.#changed();
  }

  setSpeed(speed: number): void {
    if (this.#playing) this.#go(this.#now());
    this.#speed = speed;
    if (this.#playing) this.#begin();
  }

  #now(): number {
    return this.#began.moment + (this.#timer.now() - this.#began.clock) * this.#speed;
  }

  #begin(): void {
    this.#began = { clock: this.#timer.now(), moment: this.#position.at };
    this.#wait();
  }

  #wait(): void {
    this.#cancel();
    const left = (this.#position.next - this.#position.at) / this.#speed;
    this.#step = this.#timer.set(() => this.#goOn(), Math.min(Math.max(left, 0), STEP_MS));
  }

  #goOn(): void {
    this.#step = null;
    this.#go(this.#now());
    if (this.#position.ended) this.#stop();
    else this.#wait();
    this.#changed();
  }

  #stop(): void {
    this.#playing = false;
    this.#cancel();
  }

  #cancel(): void {
    if (this.#step !== null) this.#timer.clear(this.#step);
    this.#step = null;
  }

  #go(moment: number): void {
    const { again, events } = this.#position.go(moment);
    if (again) this.#screen.restart(this.#replay.grid);
    this.#show(events);
  }

  /** What is printed between two sizes is written at once. */
  #show(events: readonly ReplayEvent[]): void {
    let text = "";
    const print = () => {
      if (text) this.#screen.write(this.#encoder.encode(text), () => undefined);
      text = "";
    };
    for (const event of events) {
      if (event.kind === "output") text += event.text;
      else {
        print();
        this.#screen.resize(event.grid);
      }
    }
    print();
  }
}
