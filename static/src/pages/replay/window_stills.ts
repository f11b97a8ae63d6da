import { ArtifactSource } from "../../artifacts/artifact_source";
import { at } from "../../common/artifacts/artifact_texts";
import type { ArtifactRow } from "../../protocol.gen";

/** Pictures of the screen of a GUI run, at the moments of its replay at which they were taken. */
export class WindowStills {
  readonly element = document.createElement("img");
  readonly #source: ArtifactSource;
  #rows: readonly ArtifactRow[] = [];
  #toldAt = 0;
  #moments: readonly number[] = [];
  #shown = -1;

  constructor(run: string) {
    this.element.className = "replay-window";
    this.element.dataset.testid = "replay-window";
    this.element.hidden = true;
    const told = (rows: readonly ArtifactRow[]) => {
      this.#rows = rows;
      this.#toldAt = Date.now();
    };
    this.#source = new ArtifactSource(run, told, true);
  }

  /** Without them, the replay shows the terminal alone. */
  async load(): Promise<void> {
    await this.#source.load().catch(() => undefined);
  }

  /** In milliseconds since the program began. */
  get times(): readonly number[] {
    return this.#rows.map(({ at_ms }) => at_ms);
  }

  /** At which moment of the replay each comes. */
  replay(moments: readonly number[]): void {
    this.#moments = moments;
  }

  showAt(moment: number): void {
    const shown = this.#moments.filter((each) => each <= moment).length - 1;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = shown < 0;
    if (shown >= 0) void this.#show(shown);
  }

  async #show(index: number): Promise<void> {
    const row = this.#rows[index];
    if (!row) return;
    const told = { ...row, toldAt: this.#toldAt };
    // Without a connection the one before stays.
    const address = await this.#source.address(told).catch(() => null);
    if (address === null || index !== this.#shown) return;
    this.element.alt = at("window_at", { number: index + 1, count: this.#rows.length });
    if (row.width && row.height) {
      this.element.width = row.width;
      this.element.height = row.height;
    }
    this.element.src = address;
  }
}
