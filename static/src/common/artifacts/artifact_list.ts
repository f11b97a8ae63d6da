import type { ArtifactRow } from "../../protocol.gen";

/** The server keeps no more of a run (`artifacts_per_run` and `returned_files`), nor is more kept here. */
export const MOST_ARTIFACTS = 70;

/** What there is of an artifact; `told_at` is when its address was told, in milliseconds. */
export interface ListedArtifact extends Omit<ArtifactRow, "at_ms"> {
  readonly toldAt: number;
}

export type Put = "added" | "replaced" | "same" | "refused";

/** The artifacts of one run in their order, and the one that is looked at. */
export class ArtifactList {
  #items: ListedArtifact[] = [];
  #seq: number | null = null;

  get items(): readonly ListedArtifact[] {
    return this.#items;
  }

  get count(): number {
    return this.#items.length;
  }

  get current(): ListedArtifact | null {
    return this.#items[this.index] ?? null;
  }

  /** Of the one that is looked at; -1 if there is none. */
  get index(): number {
    return this.#items.findIndex(({ seq }) => seq === this.#seq);
  }

  get(seq: number): ListedArtifact | null {
    return this.#items.find((one) => one.seq === seq) ?? null;
  }

  /** Who looks at the newest one is shown the next one, too. */
  put(artifact: ListedArtifact): Put {
    const before = this.get(artifact.seq);
    if (before) {
      this.#items = this.#items.map((one) => (one === before ? artifact : one));
      return isSame(before, artifact) ? "same" : "replaced";
    }
    if (this.#items.length >= MOST_ARTIFACTS) return "refused";
    const follows = this.#seq === null || this.#seq === this.#items.at(-1)?.seq;
    this.#items = [...this.#items, artifact].sort((one, other) => one.seq - other.seq);
    if (follows) this.#seq = this.#items.at(-1)?.seq ?? null;
    return "added";
  }

  /** False if there is none in that direction. */
  step(by: number): boolean {
    return this.go(this.index + by);
  }

  go(index: number): boolean {
    const item = this.#items[index];
    if (!item || item.seq === this.#seq) return false;
    this.#seq = item.seq;
    return true;
  }

  clear(): void {
    this.#items = [];
    this.#seq = null;
  }
}

/** Another address of the same content: it names a reader and a time, and no content that is seen. */
function isSame(one: ListedArtifact, other: ListedArtifact): boolean {
  return one.version === other.version;
}
