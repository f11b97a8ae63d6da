import { make } from "../../artifacts/elements";
import type { TabId } from "./side_state";

/** What a part of the page puts into the panel. */
export interface SideTabContent {
  readonly id: TabId;
  /** What the tab is called, in the user's language. */
  name(): string;
  readonly element: HTMLElement;
  /** Puts the focus into the content. */
  focus(): void;
  /** The tab is shown now, or is not any more. */
  didShow?(visible: boolean): void;
}

interface SideTabHost {
  setAvailable(available: boolean): void;
  offer(): void;
  open(): void;
  counted(): void;
}

/** A tab of the panel, for who has added it. */
export interface SideTab {
  /** Whether it is there at all. */
  available: boolean;
  /** Beside its name; 0 for none. */
  count: number;
  readonly visible: boolean;
  /** There is something new: opens the panel, unless the user has closed it during this run. */
  offer(): void;
  /** The user asks for it: opens it, and moves the focus. */
  open(): void;

  // For the panel.
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly label: string;
  select(selected: boolean): void;
  show(visible: boolean): void;
  focus(): void;
}

export function tabOf(content: SideTabContent, host: SideTabHost): SideTab {
  return new Tab(content, host);
}

class Tab implements SideTab {
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly #content: SideTabContent;
  readonly #host: SideTabHost;
  #available = false;
  #count = 0;
  #visible = false;

  constructor(content: SideTabContent, host: SideTabHost) {
    this.#content = content;
    this.#host = host;
    const [button, panel] = [`side-tab-${content.id}`, `side-${content.id}`];
    const ofTab = { type: "button", class: "side-tab", role: "tab", "aria-controls": panel };
    this.button = make("button", { id: button, ...ofTab }, content.name());
    this.button.dataset.testid = button;
    const ofPanel = { class: "side-body", role: "tabpanel", "aria-labelledby": button };
    this.panel = make("div", { id: panel, ...ofPanel }, content.element);
    this.panel.dataset.testid = panel;
  }

  get available(): boolean {
    return this.#available;
  }

  set available(available: boolean) {
    if (available === this.#available) return;
    this.#available = available;
    this.#host.setAvailable(available);
  }

  get count(): number {
    return this.#count;
  }

  set count(count: number) {
    if (count === this.#count) return;
    this.#count = count;
    this.button.textContent = this.label;
    this.#host.counted();
  }

  get visible(): boolean {
    return this.#visible;
  }

  get label(): string {
    return this.#content.name() + (this.#count > 0 ? ` (${this.#count})` : "");
  }

  offer(): void {
    this.#host.offer();
  }

  open(): void {
    this.#host.open();
  }

  select(selected: boolean): void {
    this.button.setAttribute("aria-selected", String(selected));
    this.button.tabIndex = selected ? 0 : -1;
  }

  show(visible: boolean): void {
    this.#visible = visible;
    this.#content.didShow?.(visible);
  }

  focus(): void {
    this.#content.focus();
  }
}
