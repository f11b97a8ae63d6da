import type { BellChoice } from "../protocol.gen";

/** People with photosensitive epilepsy bear three flashes in a second. */
const PAUSE_MS = 400;
const FLASH_MS = 150;
/** For those who want no movement: a frame that stays for a while. */
const FRAME_MS = 1000;
const TONE_HZ = 660;
const TONE_S = 0.12;
const VOLUME = 0.15;

export interface BellHost {
  now(): number;
  later(then: () => void, milliseconds: number): void;
  /** Whether it could be heard. */
  sound(): boolean;
  show(shown: "flash" | "frame" | null): void;
  /** Whether the user wants no movement. */
  still(): boolean;
}

/** The terminal's bell. However often a program rings it, it costs a comparison. */
export class Bell {
  choice: BellChoice = "flash";
  readonly #host: BellHost;
  #silentUntil = Number.NEGATIVE_INFINITY;

  constructor(host: BellHost) {
    this.#host = host;
  }

  ring(): void {
    const { choice } = this;
    if (choice === "off") return;
    const now = this.#host.now();
    if (now < this.#silentUntil) return;
    this.#silentUntil = now + PAUSE_MS;
    if (choice === "sound" && this.#host.sound()) return;
    const still = this.#host.still();
    if (still) this.#silentUntil = now + FRAME_MS + PAUSE_MS;
    this.#host.show(still ? "frame" : "flash");
    this.#host.later(() => this.#host.show(null), still ? FRAME_MS : FLASH_MS);
  }
}

/** `pane` gets the attribute `data-bell` while the bell is seen. */
export function bellOf(pane: HTMLElement): Bell {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const tone = new Tone();
  return new Bell({
    now: () => performance.now(),
    later: (then, milliseconds) => void window.setTimeout(then, milliseconds),
    sound: () => tone.play(),
    show: (shown) => {
      if (shown) pane.dataset.bell = shown;
      else delete pane.dataset.bell;
    },
    still: () => still.matches,
  });
}

/** A short tone. Browsers allow it once the user has pressed something on the page. */
class Tone {
  #context: AudioContext | null = null;

  play(): boolean {
    if (navigator.userActivation?.hasBeenActive === false) return false;
    try {
      this.#context ??= new AudioContext();
      this.#sound(this.#context);
      return true;
    } catch {
      return false; // no audio device, or too many contexts
    }
  }

  #sound(context: AudioContext): void {
    void context.resume();
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime;
    tone.frequency.value = TONE_HZ;
    volume.gain.setValueAtTime(VOLUME, start);
    // An end without a click.
    volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + TONE_S);
  }
}
