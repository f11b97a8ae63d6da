import type { BrowserStorage } from "./browser_storage";
import { byId, byTestId } from "./widgets/dom";

export type PaneName = "snippets" | "code" | "terminal";

/** Also one that lies on its side. As in phone.css and key_row.css. */
const PHONE = window.matchMedia("(max-width: 640px), (max-width: 1000px) and (max-height: 480px)");
const DRAWER = window.matchMedia("(max-width: 1100px)");
/** An on-screen keyboard is open when less than this share of the page is visible. */
const KEYBOARD_SHARE = 0.75;

/** Which panes are visible: side by side, the sidebar as a drawer, or one at a time on a phone. */
export class Layout {
  readonly #root = byTestId("workspace");
  readonly #storage: BrowserStorage;
  readonly #panes = ["snippets", "code", "terminal"] as const;
  #sidebar: boolean;
  #whole = { width: 0, height: 0 };

  constructor(storage: BrowserStorage) {
    this.#storage = storage;
    this.#sidebar = storage.get("sidebar") !== "closed" && !DRAWER.matches;
    for (const pane of this.#panes) {
      byId(`show-${pane}`).addEventListener("click", () => this.show(pane));
    }
    byId("sidebar-veil").addEventListener("click", () => this.setSidebar(false));
    document.addEventListener("keydown", (event) => this.#handleEscape(event));
    PHONE.addEventListener("change", () => this.#placeButtons());
    DRAWER.addEventListener("change", () => this.setSidebar(!DRAWER.matches));
    window.visualViewport?.addEventListener("resize", () => this.#fitToKeyboard());
    window.visualViewport?.addEventListener("scroll", () => this.#fitToKeyboard());
    this.#placeButtons();
    this.#fitToKeyboard();
    this.show("code");
  }

  get phone(): boolean {
    return PHONE.matches;
  }

  get pane(): PaneName {
    return this.#root.dataset.pane as PaneName;
  }

  /** On a phone, shows only that pane. On larger screens, closes the drawer that would cover it. */
  show(pane: PaneName): void {
    if (DRAWER.matches && pane !== "snippets") this.#sidebar = false;
    this.#root.dataset.pane = pane;
    for (const name of this.#panes) {
      byId(`show-${name}`).setAttribute("aria-pressed", String(name === pane));
    }
    this.#showSidebar();
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

  /** The user opened a snippet: shows the code, and closes the list that covers it. */
  showOpenedSnippet(): void {
    if (PHONE.matches) this.show("code");
    else if (DRAWER.matches) this.setSidebar(false);
  }

  /** Closes the drawer, also while its button has the focus. Inside a pane, Escape is the pane's key. */
  #handleEscape(event: KeyboardEvent): void {
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

  /** On a phone, Run and Stop are at the bottom, in reach of the thumb. */
  #placeButtons(): void {
    const buttons = byId("toolbar");
    if (PHONE.matches) byId("show-code").after(buttons);
    else byId("toolbar-place").append(buttons);
    this.#showSidebar();
  }

  /** Fits the page above an on-screen keyboard, which on iOS covers the page. */
  #fitToKeyboard(): void {
    const view = window.visualViewport;
    if (!view || view.scale > 1.01) return;
    const { style, dataset } = document.documentElement;
    // A rotated screen has another height.
    if (view.width !== this.#whole.width) this.#whole = { width: view.width, height: 0 };
    this.#whole.height = Math.max(this.#whole.height, view.height);
    const keyboard = PHONE.matches && view.height < this.#whole.height * KEYBOARD_SHARE;
    style.setProperty("--view-height", `${view.height}px`);
    style.setProperty("--view-top", `${view.offsetTop}px`);
    dataset.keyboard = keyboard ? "open" : "closed";
  }
}
