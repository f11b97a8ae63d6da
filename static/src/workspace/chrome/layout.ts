import type { BrowserStorage } from "./browser_storage";
import { byId, byTestId } from "./widgets/dom";

export type PaneName = "snippets" | "code" | "terminal";

const PHONE = window.matchMedia("(max-width: 640px)");
const DRAWER = window.matchMedia("(max-width: 1100px)");
/** Less of the page than this is seen when a keyboard is there. */
const KEYBOARD_SHARE = 0.75;

/** Which parts of the page are seen: beside each other, as a drawer, or one at a time. */
export class Layout {
  readonly #root = byTestId("workspace");
  readonly #storage: BrowserStorage;
  readonly #panes = ["snippets", "code", "terminal"] as const;
  #sidebar: boolean;
  #whole = { width: 0, height: 0 };
  #changed: (pane: PaneName) => void = () => {};

  constructor(storage: BrowserStorage) {
    this.#storage = storage;
    this.#sidebar = storage.get("sidebar") !== "closed" && !DRAWER.matches;
    for (const pane of this.#panes) {
      byId(`show-${pane}`).addEventListener("click", () => this.show(pane));
    }
    byId("sidebar-veil").addEventListener("click", () => this.setSidebar(false));
    document.addEventListener("keydown", (event) => this.#escape(event));
    PHONE.addEventListener("change", () => this.#place());
    DRAWER.addEventListener("change", () => this.setSidebar(!DRAWER.matches));
    window.visualViewport?.addEventListener("resize", () => this.#fit());
    window.visualViewport?.addEventListener("scroll", () => this.#fit());
    this.#place();
    this.#fit();
    this.show("code");
  }

  get phone(): boolean {
    return PHONE.matches;
  }

  get pane(): PaneName {
    return this.#root.dataset.pane as PaneName;
  }

  onPane(changed: (pane: PaneName) => void): void {
    this.#changed = changed;
  }

  /** On a phone that pane alone; elsewhere all are there, and nothing shall lie over that one. */
  show(pane: PaneName): void {
    if (DRAWER.matches && pane !== "snippets") this.#sidebar = false;
    this.#root.dataset.pane = pane;
    for (const name of this.#panes) {
      byId(`show-${name}`).setAttribute("aria-pressed", String(name === pane));
    }
    this.#showSidebar();
    this.#changed(pane);
  }

  toggleSidebar(): void {
    if (PHONE.matches) this.show(this.pane === "snippets" ? "code" : "snippets");
    else this.setSidebar(!this.#sidebar);
  }

  setSidebar(open: boolean): void {
    this.#sidebar = open;
    if (!DRAWER.matches) this.#storage.set("sidebar", open ? "open" : "closed");
    this.#showSidebar();
  }

  /** A snippet was chosen: what covered the code goes. */
  chosen(): void {
    if (PHONE.matches) this.show("code");
    else if (DRAWER.matches) this.setSidebar(false);
  }

  /** Also when the focus is still on the button that opened it; in the panes Escape is theirs. */
  #escape(event: KeyboardEvent): void {
    const drawer = DRAWER.matches && !PHONE.matches && this.#sidebar;
    if (event.key !== "Escape" || !drawer || event.defaultPrevented) return;
    const elsewhere = "dialog, [popover], .panes, .inline-input";
    if (!(event.target as Element).closest(elsewhere)) this.setSidebar(false);
  }

  #showSidebar(): void {
    const open = PHONE.matches ? this.pane === "snippets" : this.#sidebar;
    this.#root.dataset.sidebar = open ? "open" : "closed";
    byId("toggle-sidebar").setAttribute("aria-expanded", String(open));
  }

  /** Run and Stop stand where the thumb is. */
  #place(): void {
    const buttons = byId("toolbar");
    if (PHONE.matches) byId("show-code").after(buttons);
    else byId("toolbar-place").append(buttons);
    this.#showSidebar();
  }

  /** An on-screen keyboard covers what a page puts behind it; iOS does not make room by itself. */
  #fit(): void {
    const view = window.visualViewport;
    if (!view || view.scale > 1.01) return;
    const { style, dataset } = document.documentElement;
    // Turned round, the screen is another one.
    if (view.width !== this.#whole.width) this.#whole = { width: view.width, height: 0 };
    this.#whole.height = Math.max(this.#whole.height, view.height);
    const keyboard = PHONE.matches && view.height < this.#whole.height * KEYBOARD_SHARE;
    style.setProperty("--view-height", `${view.height}px`);
    style.setProperty("--view-top", `${view.offsetTop}px`);
    dataset.keyboard = keyboard ? "open" : "closed";
  }
}
