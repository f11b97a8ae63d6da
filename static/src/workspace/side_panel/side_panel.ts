import "../../styles/side_panel.css";
import { iconButton, make } from "../../artifacts/elements";
import { FullScreen } from "../../artifacts/full_screen";
import { at } from "../../common/artifacts/artifact_texts";
import type { TerminalView } from "../../terminal/terminal_view";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { Layout } from "../chrome/layout";
import { Splitter } from "../chrome/splitter";
import { byId } from "../chrome/widgets/dom";
import type { RunPanel } from "../run/run_panel";
import { isBeside, SideState, type TabId } from "./side_state";
import { type SideTab, type SideTabContent, tabOf } from "./side_tab";

/** A pane of this width has room for a terminal of 60 columns, and the panel beside it. */
/** Percent; pictures need more room than what is printed about them. */
const TERMINAL_SHARE = 42;
/** A sheet that is pulled down that far closes. */
const PULL_PX = 60;
const CLOSED = "side-closed";

export interface SidePanelDependencies {
  readonly panel: RunPanel;
  readonly layout: Layout;
  readonly terminal: TerminalView;
  readonly storage: BrowserStorage;
}

/**
 * The panel beside the terminal: tabs for the windows, results and files of a program. On phones it
 * is a sheet above the terminal, which keeps its size.
 */
export class SidePanel {
  readonly #deps: SidePanelDependencies;
  readonly #state = new SideState();
  readonly #tabs = new Map<TabId, SideTab>();
  readonly #element = byId("side-panel");
  readonly #pane = byId("terminal-pane");
  readonly #list = make("div", { class: "side-tabs", role: "tablist", "aria-label": at("tabs") });
  readonly #bar = make("div", { class: "splitter side-splitter", role: "separator", tabindex: 0 });
  readonly #toggle = make("button", { type: "button", class: "button quiet side-toggle" });
  readonly #whole: HTMLButtonElement;
  readonly #fullScreen: FullScreen;
  #beside = false;
  #shown: SideTab | null = null;

  constructor(deps: SidePanelDependencies) {
    this.#deps = deps;
    this.#whole = iconButton("whole", at("whole_screen"), () => this.toggleFullScreen());
    this.#fullScreen = new FullScreen(this.#element, (whole) => this.#nameFullScreen(whole));
    this.#build();
    const reloaded = deps.storage.getOfTab(CLOSED);
    if (reloaded !== null && reloaded === deps.panel.state.run) this.#state.keepClosed();
    deps.panel.onDidChangeState(({ phase }) => {
      if (phase === "starting") this.#state.beginRun();
    });
  }

  get element(): HTMLElement {
    return this.#element;
  }

  get open(): boolean {
    return this.#state.open;
  }

  get available(): boolean {
    return this.#state.active !== null;
  }

  /** Once for each tab. It is not there before it is `available`. */
  add(content: SideTabContent): SideTab {
    const { id } = content;
    const tab = tabOf(content, {
      setAvailable: (available) => this.#change(() => this.#state.setAvailable(id, available)),
      offer: () => this.#change(() => this.#state.offer(id, this.#inTheWay)),
      open: () => {
        this.#deps.layout.show("terminal");
        this.#change(() => this.#state.choose(id));
        content.focus();
      },
      counted: () => this.#nameToggle(),
    });
    tab.button.addEventListener("click", () => this.#change(() => this.#state.choose(id)));
    this.#tabs.set(id, tab);
    return tab;
  }

  /** The user's button and command. */
  toggle(): void {
    const { active, open } = this.#state;
    if (open) this.close();
    else if (active) this.#tabs.get(active)?.open();
  }

  close(): void {
    const inside = this.#element.contains(document.activeElement);
    void this.#fullScreen.end();
    this.#change(() => this.#state.close());
    this.#deps.storage.setOfTab(CLOSED, this.#deps.panel.state.run);
    if (inside) this.#deps.terminal.focus();
  }

  focus(): void {
    this.#shown?.focus();
  }

  toggleFullScreen(): void {
    void this.#fullScreen.toggle();
  }

  #build(): void {
    const close = iconButton("close", at("close"), () => this.close());
    close.dataset.testid = "side-close";
    this.#whole.dataset.testid = "side-whole";
    this.#bar.setAttribute("aria-controls", "terminal-frame");
    for (const [name, value] of [
      ["valuemin", "20"],
      ["valuemax", "80"],
    ] as const) {
      this.#bar.setAttribute(`aria-${name}`, value);
    }
    this.#bar.hidden = true;
    const spacer = make("div", { class: "spacer" });
    const head = make("header", { class: "side-head" }, this.#list, spacer, this.#whole, close);
    this.#element.append(head);
    this.#element.ariaLabel = at("panel");
    this.#element.before(this.#bar);
    this.#toggle.dataset.testid = "side-toggle";
    this.#toggle.setAttribute("aria-controls", "side-panel");
    this.#toggle.title = at("toggle");
    this.#toggle.hidden = true;
    this.#toggle.addEventListener("click", () => this.toggle());
    this.#pane.querySelector(".pane-head .spacer")?.after(this.#toggle);
    this.#listen(head);
    this.#followSize();
  }

  #listen(head: HTMLElement): void {
    this.#list.addEventListener("keydown", (event) => this.#step(event));
    this.#element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      if (this.#deps.layout.phone) this.close();
      else this.#deps.terminal.focus();
    });
    let from: number | null = null;
    head.addEventListener("pointerdown", ({ clientY, pointerType, target }) => {
      const button = (target as Element).closest("button");
      from = pointerType === "touch" && !button ? clientY : null;
    });
    head.addEventListener("pointerup", ({ clientY }) => {
      if (from !== null && this.#deps.layout.phone && clientY - from > PULL_PX) this.close();
      from = null;
    });
    head.addEventListener("pointercancel", () => {
      from = null;
    });
  }

  #followSize(): void {
    const names = { width: at("resize_width"), height: at("resize_height") };
    const splitter = new Splitter(this.#bar, this.#deps.storage, {
      name: "side-split",
      start: TERMINAL_SHARE,
      stacked: () => !this.#beside,
      label: (stacked) => (stacked ? names.height : names.width),
      room: () => {
        const { left, top } = byId("terminal-frame").getBoundingClientRect();
        const { right, bottom } = this.#element.getBoundingClientRect();
        return { left, top, width: right - left, height: bottom - top };
      },
    });
    new ResizeObserver(() => {
      if (this.#inTheWay) return; // the panel stays where it is while somebody types
      this.#beside = isBeside(this.#pane.clientWidth, this.#pane.clientHeight);
      splitter.orient();
      this.#place();
    }).observe(this.#pane);
  }

  #place(): void {
    const { open } = this.#state;
    if (open) this.#pane.dataset.side = this.#beside ? "beside" : "below";
    else delete this.#pane.dataset.side;
  }

  /** The keyboard of a phone leaves no room for both. */
  get #inTheWay(): boolean {
    return document.documentElement.dataset.keyboard === "open";
  }

  #change(how: () => void): void {
    how();
    const { open, active, tabs } = this.#state;
    const shown = open && active ? (this.#tabs.get(active) ?? null) : null;
    this.#list.replaceChildren(...tabs.flatMap((id) => this.#tabs.get(id)?.button ?? []));
    for (const [id, tab] of this.#tabs) tab.select(id === active);
    this.#element.hidden = !open;
    this.#bar.hidden = !open;
    this.#toggle.hidden = tabs.length === 0;
    this.#toggle.setAttribute("aria-expanded", String(open));
    this.#nameToggle();
    this.#place();
    this.#show(shown);
  }

  #show(shown: SideTab | null): void {
    if (shown === this.#shown) return;
    const before = this.#shown;
    this.#shown = shown;
    before?.show(false);
    before?.panel.remove();
    if (!shown) return;
    this.#element.append(shown.panel);
    shown.show(true);
  }

  /** With what is new while the panel is closed. */
  #nameToggle(): void {
    const tab = this.#tabs.get(this.#state.active ?? "artifacts");
    this.#toggle.textContent = tab ? tab.label : "";
  }

  #nameFullScreen(whole: boolean): void {
    const label = at(whole ? "end_whole_screen" : "whole_screen");
    this.#whole.title = label;
    this.#whole.ariaLabel = label;
  }

  #step(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const { active, tabs } = this.#state;
    if (step === undefined || active === null) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(active) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    this.#change(() => this.#state.choose(next));
    this.#tabs.get(next)?.button.focus();
  }
}
