/** In the order in which they stand beside each other. */
export const TAB_IDS = ["screen", "artifacts", "files"] as const;
export type TabId = (typeof TAB_IDS)[number];

/**
 * Which tab of the panel is shown. What the program offers opens the panel, but not against the
 * user: who closed it, or chose a tab, has decided for this run.
 */
export class SideState {
  #open = false;
  #active: TabId | null = null;
  #closed = false;
  #chosen = false;
  readonly #available = new Set<TabId>();

  get open(): boolean {
    return this.#open;
  }

  /** The tab that is shown, or would be if the panel were open. */
  get active(): TabId | null {
    return this.#active;
  }

  /** Whether the user closed the panel during this run. */
  get closed(): boolean {
    return this.#closed;
  }

  get tabs(): readonly TabId[] {
    return TAB_IDS.filter((id) => this.#available.has(id));
  }

  /** Another run starts: what the user decided was about the one before. */
  beginRun(): void {
    this.#closed = false;
    this.#chosen = false;
  }

  /** The page was loaded again, and the user had closed the panel before. */
  keepClosed(): void {
    this.#closed = true;
  }

  setAvailable(id: TabId, available: boolean): void {
    if (available) this.#available.add(id);
    else this.#available.delete(id);
    if (this.#active === null && available) this.#active = id;
    if (this.#active !== id || available) return;
    this.#active = this.tabs[0] ?? null;
    this.#chosen = false;
    if (this.#active === null) this.#open = false;
  }

  /** There is something new in a tab. `quietly`: the panel would be in the way now. */
  offer(id: TabId, quietly = false): void {
    if (!this.#available.has(id)) return;
    if (!this.#chosen) this.#active = id;
    if (!this.#closed && !quietly) this.#open = true;
  }

  /** The user asks for a tab. */
  choose(id: TabId): void {
    if (!this.#available.has(id)) return;
    this.#active = id;
    this.#chosen = true;
    this.#open = true;
    this.#closed = false;
  }

  close(): void {
    this.#open = false;
    this.#closed = true;
  }
}

/** A pane of this width has room for panel and terminal side by side. */
const WIDE_PX = 1100;
/** … or of this one, if it is more than twice as wide as high: below, there is little of either. */
const FLAT_PX = 720;

/** Whether the panel is beside the terminal, or below it. */
export function isBeside(width: number, height: number): boolean {
  return width >= WIDE_PX || (width >= FLAT_PX && width > 2 * height);
}
