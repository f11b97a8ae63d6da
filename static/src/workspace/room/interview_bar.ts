import { clockText, countdown } from "../../common/rooms/countdown";
import { rt } from "../../common/rooms/room_text";
import type { InterviewTimer, LanguageOption } from "../../protocol.gen";
import { toast } from "../chrome/widgets/toasts";
import type { RoomDocument } from "./room_document";

const SECOND_MS = 1000;
const SOON_MINUTES = 5;

export interface InterviewHost {
  readonly languages: readonly Pick<LanguageOption, "id" | "main" | "extensions">[];
  document(): RoomDocument;
  opened(key: string): void;
}

/** The timer of an interview, and the language of its programs. The server decides who writes. */
export class InterviewBar {
  readonly #host: InterviewHost;
  readonly #clock: HTMLElement;
  readonly #choice: HTMLSelectElement | null;
  #timer: InterviewTimer | null = null;
  /** Of the server's clock before the page's, in seconds. */
  #ahead = 0;
  #state = "";
  #told = Number.POSITIVE_INFINITY;

  /** Null where the room is none of an interview. */
  static ofPage(host: InterviewHost): InterviewBar | null {
    const clock = document.getElementById("room-timer");
    return clock && new InterviewBar(host, clock);
  }

  private constructor(host: InterviewHost, clock: HTMLElement) {
    this.#host = host;
    this.#clock = clock;
    this.#choice = document.getElementById("room-language") as HTMLSelectElement | null;
    this.#choice?.addEventListener("change", () => this.#chooseMain());
    window.setInterval(() => this.#draw(), SECOND_MS);
  }

  show(timer: InterviewTimer): void {
    this.#timer = timer;
    this.#ahead = timer.now - Date.now() / 1000;
    this.#draw();
  }

  setReadOnly(readOnly: boolean): void {
    if (this.#choice) this.#choice.disabled = readOnly;
  }

  /** The chosen one; the program's main file is then one of that language. */
  language(document: RoomDocument): string | null {
    const chosen = this.#choice?.value;
    if (!chosen) return null;
    const fitting = this.#fitting(document);
    if (fitting) document.setMain(fitting);
    return chosen;
  }

  #chooseMain(): void {
    const document = this.#host.document();
    const chosen = this.#host.languages.find(({ id }) => id === this.#choice?.value);
    if (!chosen) return;
    const key = this.#fitting(document) ?? document.add(chosen.main);
    document.setMain(key);
    this.#host.opened(key);
  }

  /** The key of the main file if it is of the chosen language, else of the first that is. */
  #fitting(document: RoomDocument): string | null {
    const chosen = this.#host.languages.find(({ id }) => id === this.#choice?.value);
    const fits = (path: string) => chosen?.extensions.includes(path.split(".").at(-1) ?? "");
    const { files, main } = document;
    const own = files.find(({ path }) => path === main && fits(path));
    return (own ?? files.find(({ path }) => fits(path)))?.key ?? null;
  }

  #draw(): void {
    if (!this.#timer) return;
    const { state, seconds } = countdown(this.#timer, Date.now() / 1000 + this.#ahead);
    const text = rt(`timer.${state}`, { time: clockText(seconds) });
    if (this.#clock.textContent !== text) this.#clock.textContent = text;
    this.#clock.dataset.state = state;
    this.#clock.dataset.soon = String(state === "running" && seconds <= SOON_MINUTES * 60);
    this.#announce(state, seconds);
  }

  /** What a clock that counts cannot tell to who does not look at it. */
  #announce(state: string, seconds: number): void {
    const before = this.#state;
    this.#state = state;
    if (before === "waiting" && state !== before) toast(rt("timer.began"));
    if (state === "over" && before === "running") toast(rt("timer.ended"));
    if (state !== "running") return;
    const minutes = Math.ceil(seconds / 60);
    if (minutes < this.#told && before === "running") {
      if (minutes === SOON_MINUTES) toast(rt("timer.soon", { minutes }));
      if (minutes === 1) toast(rt("timer.minute"));
    }
    this.#told = minutes;
  }
}
