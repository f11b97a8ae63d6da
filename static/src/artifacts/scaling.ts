import { touchGestures } from "./touch_gestures";
import type { View } from "./views/view";
import { Zoom } from "./zoom";

const TURN = 0.15; // of the wheel, as a power of e

interface ScalingHost {
  view(): View | null;
  /** To the next artifact, or the one before. */
  step(by: number): void;
  /** Undefined: what is shown has no size. */
  changed(scale: number | undefined, fits: boolean): void;
}

/** How large the artifact is shown: by buttons and keys, the wheel, fingers and double clicks. */
export class Scaling {
  readonly #zoom = new Zoom();
  readonly #host: ScalingHost;

  constructor(stage: HTMLElement, host: ScalingHost) {
    this.#host = host;
    new ResizeObserver(() => this.draw()).observe(stage); // what fits has another scale then
    stage.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
    touchGestures(stage, {
      fits: () => this.fits,
      scale: () => host.view()?.scale ?? 1,
      setScale: (scale) => this.#set(scale),
      swiped: (by) => host.step(by),
      tapped: () => {
        if (this.fits) this.#set(1);
        else this.fit();
      },
    });
  }

  /** Null: as it fits. */
  get scale(): number | null {
    return this.#zoom.scale;
  }

  get fits(): boolean {
    return this.#zoom.scale === null;
  }

  by(direction: 1 | -1): void {
    const shown = this.#host.view()?.scale;
    if (shown === undefined) return;
    this.#zoom.step(direction, shown);
    this.#apply();
  }

  fit(): void {
    this.#zoom.fit();
    this.#apply();
  }

  /** Another artifact is shown next. */
  reset(): void {
    this.#zoom.fit();
  }

  draw(): void {
    this.#host.changed(this.#host.view()?.scale, this.fits);
  }

  #set(scale: number): void {
    if (this.#host.view()?.scale === undefined) return;
    this.#zoom.set(scale);
    this.#apply();
  }

  #apply(): void {
    this.#host.view()?.setScale(this.#zoom.scale);
    this.draw();
  }

  /** As browsers enlarge pages. */
  #turn(event: WheelEvent): void {
    const scale = this.#host.view()?.scale;
    if (!event.ctrlKey || scale === undefined) return;
    event.preventDefault();
    this.#set(scale * Math.exp(-Math.sign(event.deltaY) * TURN));
  }
}
