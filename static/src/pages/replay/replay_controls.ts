import { t, useLanguage } from "../../common/i18n/translate";
import { type Replay, readReplay } from "../../common/screen/replay_timeline";
import { followTheme } from "../../terminal/page_theme";
import { timer } from "../../terminal/timer";
import { WatchView } from "../../terminal/watch_view";
import { placesInCode } from "../code_places";
import type { RunArtifacts } from "../run_artifacts";
import { ReplayPlayer } from "./replay_player";
import type { WindowStills } from "./window_stills";

const LONGEST_PAUSE_MS = 3000;
const STEP_MS = 5000;

/** The terminal of a replay, and below it the button, the position and the time. */
export class ReplayControls {
  #player: ReplayPlayer | null = null;
  #duration = 0;
  readonly #button = made("button", { type: "button", class: "button replay-play" });
  readonly #position = made("input", { type: "range", min: "0", step: "100" });
  readonly #marks = made("span", { class: "replay-marks", "aria-hidden": "true" });
  readonly #time = made("span", { class: "dim replay-time" });
  readonly #terminal = made("div", { class: "live replay-terminal" });

  constructor(
    private readonly screen: HTMLElement,
    private readonly speed: HTMLSelectElement,
    private readonly artifacts: RunArtifacts | null,
    private readonly stills: WindowStills | null,
  ) {
    speed.addEventListener("change", () => this.#player?.setSpeed(Number(this.speed.value)));
    this.#button.addEventListener("click", () => this.#toggle());
    this.#position.addEventListener("input", () => this.#seek(Number(this.#position.value)));
    // Before the terminal's own field, which takes keys that it can do nothing with.
    screen.addEventListener("keydown", (event) => this.#take(event), { capture: true });
  }

  async play(): Promise<void> {
    const answer = await fetch(this.screen.dataset.cast ?? "");
    if (!answer.ok) throw new Error(`the recording: ${answer.status}`);
    await this.stills?.load();
    const times = this.artifacts?.times ?? [];
    const all = [...times, ...(this.stills?.times ?? [])];
    const read = readReplay(await answer.text(), LONGEST_PAUSE_MS, all);
    const replay = { ...read, marks: read.marks.slice(0, times.length) };
    this.artifacts?.replay(replay.marks);
    this.stills?.replay(read.marks.slice(times.length));
    this.#build();
    this.#drawMarks(replay);
    const view = new WatchView(this.#terminal, replay.grid, true);
    view.linkPlaces(placesInCode());
    await view.open();
    followTheme((theme) => view.setTheme(theme));
    this.#duration = replay.duration;
    this.#position.max = String(Math.ceil(replay.duration));
    const speed = Number(this.speed.value);
    this.#player = new ReplayPlayer(replay, speed, view, timer, () => this.#draw());
    this.#player.play();
    this.#draw();
  }

  focus(): void {
    this.screen.focus({ preventScroll: true });
  }

  #build(): void {
    useLanguage(document.documentElement.lang, navigator.languages);
    this.#position.setAttribute("aria-label", t("replay.position"));
    const bar = made("div", { class: "replay-bar" });
    const line = made("span", { class: "replay-line" });
    line.append(this.#position, this.#marks);
    bar.append(this.#button, line, this.#time);
    this.screen.replaceChildren(this.#terminal, ...(this.stills ? [this.stills.element] : []), bar);
    this.screen.tabIndex = 0;
    this.screen.role = "group";
    this.screen.ariaLabel = t("watch.terminal");
  }

  /** Where the program has shown something. */
  #drawMarks({ marks, duration }: Replay): void {
    for (const mark of marks) {
      const share = duration > 0 ? (100 * mark) / duration : 0;
      this.#marks.append(made("i", { style: `left: ${share}%` }));
    }
  }

  #toggle(): void {
    if (this.#player?.playing) this.#player.pause();
    else this.#player?.play();
  }

  #seek(moment: number): void {
    this.#player?.seek(moment);
  }

  #take(event: KeyboardEvent): void {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return; // copying, and the browser's own
    const at = this.#player?.at ?? 0;
    if (key === " " && target !== this.#button) this.#toggle();
    else if (key === "ArrowLeft") this.#seek(at - STEP_MS);
    else if (key === "ArrowRight") this.#seek(at + STEP_MS);
    else if (/^[0-9]$/.test(key)) this.#seek((Number(key) / 10) * this.#duration);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #draw(): void {
    const { playing = false, at = 0 } = this.#player ?? {};
    this.artifacts?.showAt(at);
    this.stills?.showAt(at);
    const label = t(playing ? "replay.pause" : "replay.play");
    this.#button.dataset.playing = String(playing);
    this.#button.ariaLabel = label;
    this.#button.title = label;
    this.#position.value = String(at);
    const said = t("replay.at", { at: clock(at), end: clock(this.#duration) });
    this.#position.setAttribute("aria-valuetext", said);
    this.#time.textContent = `${clock(at)} / ${clock(this.#duration)}`;
  }
}

/** Minutes and seconds. */
function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
