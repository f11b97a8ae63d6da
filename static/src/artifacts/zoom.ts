/** Steps of magnification; 1 is one pixel of the picture for one of the page. */
export const STEPS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8] as const;
const [SMALLEST, LARGEST] = [0.1, 8];

/** How large something is shown: as it fits, or at a scale. Pure. */
export class Zoom {
  #scale: number | null = null;

  /** Null: as it fits. */
  get scale(): number | null {
    return this.#scale;
  }

  fit(): void {
    this.#scale = null;
  }

  /** `shown`: the scale at which it is seen now. */
  step(direction: 1 | -1, shown: number): void {
    const steps = direction > 0 ? STEPS : [...STEPS].reverse();
    const next = steps.find((step) => (step - shown) * direction > 0.005 * shown);
    this.set(next ?? shown);
  }

  set(scale: number): void {
    if (Number.isFinite(scale)) this.#scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
  }
}
