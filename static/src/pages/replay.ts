import "../styles/replay.css";
import "../styles/run.css";
import type { Recording, RecordingEvent } from "asciinema-player";
import type { Theme } from "../common/preferences";
import { readReplay } from "../common/screen/replay_bounds";
import { shownGrid } from "../common/screen/shown_grid";
import { ANSI_COLOURS, TERMINAL_THEMES } from "../terminal/theme";
import { find, setHidden } from "./find";
import { followTheme } from "./page_theme";

/** The replay of a run, loaded on demand. */

const IDLE_SECONDS = 3; // longer pauses are shortened

interface Replayed {
  getCurrentTime(): number;
  dispose(): void;
}

class Replay {
  #player: Replayed | null = null;

  constructor(
    private readonly screen: HTMLElement,
    private readonly speed: HTMLSelectElement,
  ) {
    speed.addEventListener("change", () => void this.play(this.#player?.getCurrentTime() ?? 0));
    followTheme((theme) => this.#setColours(theme));
  }

  /** The player reads them once, through its theme "page" in `replay.css`. */
  #setColours(theme: Theme): void {
    const colours = TERMINAL_THEMES[theme];
    const set = (name: string, colour: unknown) =>
      this.screen.style.setProperty(`--replay-${name}`, String(colour));
    set("foreground", colours.foreground);
    set("background", colours.background);
    for (const [number, name] of ANSI_COLOURS.entries()) set(String(number), colours[name]);
    if (this.#player) void this.play(this.#player.getCurrentTime());
  }

  /** The recording's size in rows or columns, known before it is loaded. */
  #cells(name: string): number {
    return Number(getComputedStyle(this.screen).getPropertyValue(name));
  }

  /** The player's speed is fixed, so another speed needs a new player at the same position. */
  async play(from: number): Promise<void> {
    const { create } = await import("asciinema-player");
    this.#player?.dispose();
    // The player is display only: it never answers terminal queries in a recording.
    const source = { url: this.screen.dataset.cast ?? "", parser: readCast };
    this.#player = create(source, this.screen, {
      autoPlay: true,
      controls: true,
      ...shownGrid({ cols: this.#cells("--cols"), rows: this.#cells("--rows") }),
      fit: "both",
      idleTimeLimit: IDLE_SECONDS,
      speed: Number(this.speed.value),
      startAt: from,
      theme: "page",
    });
  }
}

async function readCast(response: unknown): Promise<Recording> {
  const { cols, rows, events, shortened } = readReplay(await (response as Response).text());
  setHidden("replay-shortened", !shortened);
  return { cols, rows, events: events as RecordingEvent[] };
}

export function listenForReplay(): void {
  const start = find<HTMLButtonElement>("replay-start");
  const screen = find("replay");
  const speed = find<HTMLSelectElement>("replay-speed");
  if (!start || !screen || !speed) return;
  const replay = new Replay(screen, speed);
  start.addEventListener("click", async () => {
    start.disabled = true;
    try {
      setHidden("transcript", true);
      screen.hidden = false;
      await replay.play(0);
      start.hidden = true;
      speed.parentElement?.removeAttribute("hidden");
      setHidden("replay-note", false);
      screen.querySelector<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
    } catch {
      setHidden("transcript", false);
      screen.textContent = screen.dataset.failed ?? "";
      start.disabled = false;
    }
  });
  setHidden("replay-actions", false); // hidden without JavaScript
  // Who watched the program until its end comes for this.
  if (new URLSearchParams(location.search).has("replay")) start.click();
}
