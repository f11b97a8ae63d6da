import "../styles/replay.css";
import { colourCode } from "./colour";

/** The page of a run: the replay, loaded on demand, and the button that copies the output. */

const IDLE_SECONDS = 3; // longer pauses are shortened

/** Null if the page has no such element: a run without output has no replay. */
function find<Kind extends HTMLElement>(id: string): Kind | null {
  return document.getElementById(id) as Kind | null;
}

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
  }

  /** The recording's size in rows or columns, known before it is loaded. */
  #cells(name: string): number {
    return Number(this.screen.style.getPropertyValue(name));
  }

  /** The player's speed is fixed, so another speed needs a new player at the same position. */
  async play(from: number): Promise<void> {
    const { create } = await import("asciinema-player");
    this.#player?.dispose();
    // The player is display only: it never answers terminal queries in a recording.
    this.#player = create(this.screen.dataset.cast ?? "", this.screen, {
      autoPlay: true,
      controls: true,
      cols: this.#cells("--cols"),
      rows: this.#cells("--rows"),
      fit: "width",
      idleTimeLimit: IDLE_SECONDS,
      speed: Number(this.speed.value),
      startAt: from,
      theme: "asciinema",
    });
  }
}

function listenForReplay(): void {
  const start = find<HTMLButtonElement>("replay-start");
  const screen = find("replay");
  const speed = find<HTMLSelectElement>("replay-speed");
  if (!start || !screen || !speed) return;
  const replay = new Replay(screen, speed);
  start.addEventListener("click", async () => {
    start.disabled = true;
    try {
      screen.hidden = false;
      await replay.play(0);
      start.hidden = true;
      speed.parentElement?.removeAttribute("hidden");
      for (const [id, hidden] of [
        ["replay-note", false],
        ["transcript", true],
      ] as const) {
        const element = find(id);
        if (element) element.hidden = hidden;
      }
      screen.querySelector<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
      // The controls are below the replay.
      screen.scrollIntoView({ block: "nearest" });
    } catch {
      screen.textContent = screen.dataset.failed ?? "";
      start.disabled = false;
    }
  });
}

function listenForCopying(): void {
  const button = find("copy-text");
  const text = document.querySelector<HTMLElement>("#transcript pre");
  button?.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(text?.textContent ?? "").then(
      () => button.dataset.done,
      () => button.dataset.failed,
    );
    button.textContent = done ?? "";
  });
}

colourCode();
listenForReplay();
listenForCopying();
find("replay-actions")?.removeAttribute("hidden"); // hidden without JavaScript
