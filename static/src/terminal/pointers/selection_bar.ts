export interface BarAction {
  readonly label: string;
  readonly disabled?: boolean;
  run(): void;
}

/** A part of the window, in pixels. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const GAP = 8;

/** The bar beside text that was selected by touch. */
export class SelectionBar {
  readonly #bar = document.createElement("div");

  constructor(label: string) {
    this.#bar.className = "selection-bar";
    this.#bar.setAttribute("role", "toolbar");
    this.#bar.setAttribute("aria-label", label);
    this.#bar.hidden = true;
    // Focus and on-screen keyboard stay as they are.
    for (const type of ["pointerdown", "mousedown"]) {
      this.#bar.addEventListener(type, (event) => event.preventDefault());
    }
    document.body.append(this.#bar);
  }

  get shown(): boolean {
    return !this.#bar.hidden;
  }

  show(actions: readonly BarAction[]): void {
    this.#bar.replaceChildren(...actions.map((action) => button(action)));
    this.#bar.hidden = false;
  }

  hide(): void {
    this.#bar.hidden = true;
  }

  /** Above what is selected, or below where there is no room; inside `room`. */
  place(selected: Area, room: Area): void {
    const { width, height } = this.#bar.getBoundingClientRect();
    const above = selected.top - GAP - height;
    const below = Math.min(selected.bottom + 4 * GAP, room.bottom - height - GAP);
    const middle = (selected.left + selected.right - width) / 2;
    const left = Math.max(room.left + GAP, Math.min(middle, room.right - width - GAP));
    this.#bar.style.left = `${left}px`;
    this.#bar.style.top = `${above >= room.top ? above : Math.max(room.top + GAP, below)}px`;
  }
}

function button({ label, disabled, run }: BarAction): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.disabled = disabled ?? false;
  made.addEventListener("click", run);
  return made;
}
