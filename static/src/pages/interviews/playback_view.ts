import { useLanguage } from "../../common/i18n/translate";
import { clockText } from "../../common/rooms/countdown";
import { decodePast } from "../../common/rooms/past_codec";
import { rt } from "../../common/rooms/room_text";
import { ShortenedTime } from "../../common/rooms/shortened_time";
import type { PastRun, PastStory } from "../../protocol.gen";
import { make } from "../classroom/elements";
import { PlayedTerminal } from "./played_terminal";
import { Written } from "./written";

const LONGEST_PAUSE_MS = 5000;
const FRAME_MS = 60;
const STEP_MS = 5000;
const SPEEDS = [1, 2, 4, 8];
const NO_RUN = "00000000-0000-0000-0000-000000000000";

/** What was written and what ran in an interview, on one clock. */
export class PlaybackView {
  readonly #parent: HTMLElement;
  readonly #button = make("button", { type: "button", class: "button replay-play" });
  readonly #position = make("input", { type: "range", min: 0, step: 50 });
  readonly #time = make("span", { class: "dim replay-time", "data-testid": "playback-time" });
  readonly #speed = make("select", { class: "field" });
  readonly #files = make("div", { class: "playback-files", role: "group" });
  readonly #who = make("p", { class: "dim playback-who" });
  readonly #code = make("pre", { class: "screen playback-code", tabindex: 0 });
  readonly #terminal = new PlayedTerminal();
  #written = new Written([]);
  #clock = new ShortenedTime([], 0);
  /** The times of what happened; updates with their number. */
  #times: readonly { readonly at: number; readonly update: number | null }[] = [];
  #at = 0;
  #timer = 0;
  /** The key of a file that the user has chosen; empty: what is written is followed. */
  #chosen = "";

  constructor(parent: HTMLElement) {
    this.#parent = parent;
    useLanguage(document.documentElement.lang, navigator.languages);
    this.#button.addEventListener("click", () => (this.#timer ? this.#pause() : this.#play()));
    this.#position.addEventListener("input", () => this.#seek(Number(this.#position.value)));
    parent.addEventListener("keydown", (event) => this.#take(event));
  }

  async load(): Promise<void> {
    const { story: about = "", updates = "", cast = "" } = this.#parent.dataset;
    const story = (await (await got(about)).json()) as PastStory;
    const past = decodePast(await (await got(updates)).arrayBuffer());
    this.#written = new Written(past);
    const equal = isSame(this.#written, story);
    const address = (run: PastRun) => cast.replace(NO_RUN, run.id);
    await this.#terminal.load(story.runs, async (run) => (await got(address(run))).text());
    const written = past.map(({ at }, update) => ({ at, update }));
    const ran = this.#terminal.times.map((at) => ({ at, update: null }));
    this.#times = [...written, ...ran].sort((one, other) => one.at - other.at);
    this.#clock = new ShortenedTime(
      this.#times.map(({ at }) => at),
      LONGEST_PAUSE_MS,
    );
    this.#build(equal);
    await this.#terminal.open();
    this.#seek(0);
  }

  #build(equal: boolean): void {
    this.#position.max = String(Math.ceil(this.#clock.duration));
    this.#position.setAttribute("aria-label", rt("playback.position"));
    this.#code.setAttribute("aria-label", rt("playback.code"));
    this.#files.setAttribute("aria-label", rt("file.files"));
    this.#speed.setAttribute("aria-label", rt("playback.speed"));
    for (const speed of SPEEDS) this.#speed.append(make("option", { value: speed }, `${speed} ×`));
    const bar = make("div", { class: "replay-bar" }, this.#button, this.#position, this.#time);
    bar.append(this.#speed);
    const said = rt(equal ? "playback.equal" : "playback.different");
    const end = make("p", { class: "dim", "data-testid": "playback-end" }, said);
    end.dataset.equal = String(equal);
    const left = make("section", { class: "playback-left" }, this.#files, this.#who, this.#code);
    const panes = make("div", { class: "playback-panes" }, left, this.#terminal.pane);
    this.#parent.replaceChildren(panes, bar, this.#pastes(), end);
  }

  #pastes(): HTMLElement {
    const { pastes } = this.#written;
    if (pastes.length === 0) return make("p", { class: "dim" }, rt("playback.no_pastes"));
    const list = make("ul", {
      class: "plain playback-pastes",
      "aria-label": rt("playback.pastes"),
    });
    for (const { index, name, characters, begins } of pastes) {
      const label = rt("playback.paste", { name, count: characters });
      const button = make("button", { type: "button", class: "button quiet" }, label);
      button.addEventListener("click", () => {
        this.#pause();
        this.#seek(this.#clock.momentOf(this.#times.findIndex(({ update }) => update === index)));
      });
      list.append(
        make("li", {}, button, make("code", {}, begins.trimStart().split("\n")[0] ?? "")),
      );
    }
    return list;
  }

  #play(): void {
    if (this.#at >= this.#clock.duration) this.#seek(0);
    const step = () => FRAME_MS * Number(this.#speed.value);
    this.#timer = window.setInterval(() => this.#seek(this.#at + step()), FRAME_MS);
    this.#draw();
  }

  #pause(): void {
    window.clearInterval(this.#timer);
    this.#timer = 0;
    this.#draw();
  }

  #seek(moment: number): void {
    this.#at = Math.min(Math.max(0, moment), this.#clock.duration);
    this.#written.go(this.#updatesUntil(this.#clock.countAt(this.#at)));
    this.#terminal.go(this.#clock.timeAt(this.#at));
    if (this.#timer && this.#at >= this.#clock.duration) this.#pause();
    else this.#draw();
  }

  /** How many of the first things that happened are updates: these come in their order. */
  #updatesUntil(count: number): number {
    for (let index = count - 1; index >= 0; index -= 1) {
      const update = this.#times[index]?.update ?? null;
      if (update !== null) return update + 1;
    }
    return 0;
  }

  #take(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === this.#position) return;
    if (event.key === "ArrowLeft") this.#seek(this.#at - STEP_MS);
    else if (event.key === "ArrowRight") this.#seek(this.#at + STEP_MS);
    else return;
    event.preventDefault();
  }

  #draw(): void {
    const label = rt(this.#timer ? "playback.pause" : "playback.play");
    this.#button.dataset.playing = String(this.#timer !== 0);
    this.#button.ariaLabel = label;
    this.#button.title = label;
    this.#position.value = String(this.#at);
    const real = (this.#clock.timeAt(this.#at) - (this.#times[0]?.at ?? 0)) / 1000;
    const whole = ((this.#times.at(-1)?.at ?? 0) - (this.#times[0]?.at ?? 0)) / 1000;
    this.#time.textContent = `${clockText(real)} / ${clockText(whole)}`;
    this.#position.setAttribute("aria-valuetext", this.#time.textContent);
    this.#drawCode();
  }

  #drawCode(): void {
    const { files, change } = this.#written;
    const followed = files.find(({ key }) => key === change.key) ?? files[0];
    const shown = files.find(({ key }) => key === this.#chosen) ?? followed;
    this.#who.textContent = change.name ? rt("playback.who", { name: change.name }) : "\u00a0";
    this.#drawFiles(
      files.map(({ key, path }) => [key, path] as const),
      shown?.key ?? "",
    );
    const text = shown?.text ?? "";
    if (this.#code.textContent === text) return;
    this.#code.textContent = text;
    if (shown?.key !== change.key) return;
    const line = text.slice(0, change.at).split("\n").length;
    const height = Number.parseFloat(getComputedStyle(this.#code).lineHeight);
    this.#code.scrollTop = (line - 1) * height - this.#code.clientHeight / 2;
  }

  #drawFiles(files: readonly (readonly [string, string])[], shown: string): void {
    const wanted = JSON.stringify([files, shown]);
    if (this.#files.dataset.drawn === wanted) return;
    this.#files.dataset.drawn = wanted;
    const buttons = files.map(([key, path]) => {
      const pressed = String(key === shown);
      const made = make(
        "button",
        { type: "button", class: "button quiet", "aria-pressed": pressed },
        make("bdi", {}, path),
      );
      made.addEventListener("click", () => {
        this.#chosen = this.#chosen === key ? "" : key;
        this.#draw();
      });
      return made;
    });
    this.#files.replaceChildren(...buttons);
  }
}

async function got(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** Whether the last update makes the saved text. */
function isSame(written: Written, { files }: PastStory): boolean {
  const saved = new Map(files.map(({ path, content }) => [path, content]));
  return (
    written.files.length === saved.size &&
    written.files.every(({ path, text }) => saved.get(path) === text)
  );
}
