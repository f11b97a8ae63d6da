import { SideChannel } from "../../common/channels/side_channel";
import { isActive } from "../../common/run/run_state";
import { timer } from "../../terminal/timer";
import { ScreenView } from "../../terminal/windows/screen_view";
import { usesTouch } from "../chrome/input_setting";
import { byId, make } from "../chrome/widgets/dom";
import type { Aside, RunPanel } from "../run/run_panel";
import type { SidePanel } from "../side_panel/side_panel";
import type { SideTab } from "../side_panel/side_tab";
import { text } from "./screen_texts";

const SCREEN = 2;

/** The tab "Window" of the panel beside the terminal: the screen of the program of this page. */
export class ScreenTab {
  readonly #panel: RunPanel;
  readonly #note = make("p", { class: "screen-note" });
  readonly #view: ScreenView;
  readonly #element: HTMLElement;
  readonly #tab: SideTab;
  #channel: SideChannel;
  #drawn = false;

  /** `leaves`: the window of the program closes when it has drawn. */
  constructor(panel: RunPanel, side: SidePanel, leaves: () => boolean) {
    this.#panel = panel;
    this.#view = new ScreenView({
      channel: () => (isActive(panel.state) ? this.#channel : null),
      began: () => this.#began(),
      drew: () => this.#drew(),
      failed: () => this.#say(text("failed")),
    });
    this.#element = make(
      "div",
      { class: "screen-tab", "data-testid": "screen", "aria-label": text("screen"), role: "group" },
      this.#view.element,
      this.#note,
    );
    this.#channel = this.#newChannel();
    this.#tab = side.add({
      id: "screen",
      name: () => text("tab"),
      element: this.#element,
      focus: () => this.#view.focus(),
    });
    panel.onDidConnect(() => this.#channel.detached());
    panel.onDidChangeState((state) => {
      if (isActive(state)) this.#showControl();
      else this.#end(leaves() && state.exit?.outcome === "completed");
    });
  }

  get offsets(): Readonly<Partial<Record<"2", number>>> {
    return isActive(this.#panel.state) ? { 2: this.#channel.offset } : {};
  }

  /** Another run begins. */
  begin(): void {
    this.#channel = this.#newChannel();
    this.#view.clear();
    this.#drawn = false;
    this.#element.classList.remove("screen-over");
    this.#tab.available = false;
  }

  hear(aside: Aside): void {
    if (!("type" in aside)) this.#channel.output(aside.offset, aside.data);
    else if (aside.type === "gap") this.#channel.gap(aside.to);
    else this.#channel.acked(aside.seq);
  }

  #newChannel(): SideChannel {
    const current = (): boolean => channel === this.#channel;
    const channel: SideChannel = new SideChannel(SCREEN, {
      timer,
      send: (frame) => this.#panel.sendAside(frame),
      ack: (number, offset) => current() && this.#panel.ackAside(number, offset),
      received: (data) => current() && this.#view.feed(data),
      skipped: () => current() && this.#view.skip(),
    });
    return channel;
  }

  #began(): void {
    this.#showControl();
    this.#tab.available = true;
    this.#tab.offer();
  }

  #drew(): void {
    if (this.#drawn) return;
    this.#drawn = true;
    byId("announcer").textContent = text("opened");
  }

  #showControl(): void {
    const { state } = this.#panel;
    const controls = "control" in state ? state.control : true;
    this.#view.watching = !controls;
    if (!controls) this.#say(text("watching"));
    else this.#say(text(usesTouch() ? "touch" : "keys"));
  }

  #end(left: boolean): void {
    this.#view.end();
    this.#element.classList.add("screen-over");
    this.#say(left ? `${text("ended")} ${text("stays")}` : text("ended"));
  }

  #say(words: string): void {
    this.#note.textContent = words;
  }
}
