import "../../styles/writing.css";
import { ct } from "../../common/classroom/class_text";
import { WritingPlayback } from "../../common/classroom/writing_playback";
import { useLanguage } from "../../common/i18n/translate";
import type { Paste, Writing } from "../../protocol.gen";
import { find } from "../find";
import { make } from "./elements";

const FRAME_MS = 60;
const SPEED = 4;
const STEP_MS = 2000;

/** How a program was written, until the run that the page is about. */
export class WritingView {
  readonly #parent: HTMLElement;
  readonly #button = make("button", { type: "button", class: "button replay-play" });
  readonly #position = make("input", { type: "range", min: 0, step: 100 });
  readonly #path = make("p", { class: "dim writing-path" });
  readonly #code = make("pre", { class: "screen writing-code", tabindex: 0 });
  #playback: WritingPlayback | null = null;
  #at = 0;
  #timer = 0;

  constructor(parent: HTMLElement) {
    this.#parent = parent;
    this.#button.addEventListener("click", () => (this.#timer ? this.#pause() : this.#go()));
    this.#position.addEventListener("input", () => this.#seek(Number(this.#position.value)));
    parent.addEventListener("keydown", (event) => this.#take(event));
  }

  async play(): Promise<void> {
    const answer = await fetch(this.#parent.dataset.writing ?? "");
    if (!answer.ok) throw new Error(`the writing: ${answer.status}`);
    useLanguage(document.documentElement.lang, navigator.languages);
    const writing = (await answer.json()) as Writing;
    const playback = new WritingPlayback(writing);
    this.#playback = playback;
    this.#position.max = String(Math.ceil(playback.duration));
    this.#position.setAttribute("aria-label", ct("writing.position"));
    this.#code.setAttribute("aria-label", ct("writing.code"));
    const bar = make("div", { class: "replay-bar" }, this.#button, this.#position);
    this.#parent.replaceChildren(this.#path, this.#code, bar, this.#pastes(writing.pastes));
    this.#parent.role = "group";
    this.#parent.ariaLabel = ct("writing.title");
    this.#go();
    this.#button.focus({ preventScroll: true });
  }

  #pastes(pastes: readonly Paste[]): HTMLElement {
    if (pastes.length === 0) return make("p", { class: "dim" }, ct("writing.no_pastes"));
    const list = make("ul", { class: "plain writing-pastes", "aria-label": ct("writing.pastes") });
    for (const paste of pastes) {
      const key = paste.outside ? "writing.paste_outside" : "writing.paste";
      const label = ct(key, { count: paste.characters, file: paste.path });
      const button = make("button", { type: "button", class: "button quiet" }, label);
      if (paste.outside) button.dataset.outside = "";
      button.addEventListener("click", () => {
        this.#pause();
        this.#seek(this.#playback?.momentOf(paste) ?? 0);
      });
      list.append(make("li", {}, button, make("code", {}, firstLine(paste.begins))));
    }
    return list;
  }

  #go(): void {
    if (!this.#playback) return;
    if (this.#at >= this.#playback.duration) this.#at = 0;
    this.#timer = window.setInterval(() => this.#seek(this.#at + FRAME_MS * SPEED), FRAME_MS);
    this.#seek(this.#at);
  }

  #pause(): void {
    window.clearInterval(this.#timer);
    this.#timer = 0;
    this.#draw();
  }

  /** At its end the program was run: its replay goes on. */
  #seek(moment: number): void {
    const playback = this.#playback;
    if (!playback) return;
    this.#at = Math.min(Math.max(0, moment), playback.duration);
    playback.seek(this.#at);
    if (this.#timer && this.#at >= playback.duration) {
      this.#pause();
      find<HTMLButtonElement>("replay-start")?.click();
    }
    this.#draw();
  }

  #take(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target === this.#position) return;
    if (event.key === "ArrowLeft") this.#seek(this.#at - STEP_MS);
    else if (event.key === "ArrowRight") this.#seek(this.#at + STEP_MS);
    else return;
    event.preventDefault();
  }

  #draw(): void {
    const label = ct(this.#timer ? "writing.pause" : "writing.play");
    this.#button.dataset.playing = String(this.#timer !== 0);
    this.#button.ariaLabel = label;
    this.#button.title = label;
    this.#position.value = String(this.#at);
    const shown = this.#playback?.shown;
    if (!shown) return;
    if (this.#path.textContent !== shown.path) this.#path.textContent = shown.path;
    if (this.#code.textContent === shown.text) return;
    this.#code.textContent = shown.text;
    const height = Number.parseFloat(getComputedStyle(this.#code).lineHeight);
    this.#code.scrollTop = (shown.line - 1) * height - this.#code.clientHeight / 2;
  }
}

function firstLine(text: string): string {
  return text.trimStart().split("\n")[0] ?? "";
}
