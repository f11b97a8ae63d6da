import { ct } from "../../common/classroom/class_text";
import type { Shown, SourceFile } from "../../protocol.gen";
import { followTheme } from "../../terminal/page_theme";
import { WatchView } from "../../terminal/watch_view";
import { byTestId, make } from "../chrome/widgets/dom";
import type { ClassBar } from "./class_bar";
import { firstShown } from "./shown_code";

const HOME_AND_CLEAR = "\x1b[H\x1b[2J\x1b[3J";
const encoder = new TextEncoder();

const LINE = "shown";

export interface ShowHost {
  readonly bar: ClassBar;
  take(files: readonly SourceFile[], main: string, language: string): void;
}

/** What a presenter shows: code and terminal, which follow the presenter. */
export class ShowPanel {
  readonly #host: ShowHost;
  readonly #title = make("h2");
  readonly #code = make("code");
  readonly #around = make("pre", { class: "code", tabindex: 0 }, this.#code);
  readonly #pane = make("div", { class: "show-terminal" });
  readonly #panel: HTMLElement;
  #view: Promise<WatchView> | null = null;
  #files: readonly SourceFile[] = [];
  #shown: Shown | null = null;
  #by = "";

  constructor(host: ShowHost) {
    this.#host = host;
    const take = make("button", { type: "button", class: "button primary" }, ct("show.take"));
    take.dataset.testid = "take-code";
    take.addEventListener("click", () => this.#take());
    const hide = make("button", { type: "button", class: "button" }, ct("show.hide"));
    hide.addEventListener("click", () => this.#setOpen(false));
    const head = make("header", { class: "show-head" }, this.#title, take, hide);
    const columns = make("div", { class: "show-columns" }, this.#around, this.#pane);
    this.#panel = make("section", { class: "show-panel", "data-testid": "shown", hidden: true });
    this.#panel.append(head, columns);
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#setOpen(false);
    });
    document.querySelector(".workspace")?.append(this.#panel);
  }

  show(shown: Shown): void {
    const begins = this.#shown === null || this.#by !== shown.by;
    this.#by = shown.by;
    this.#shown = shown;
    if (shown.files) this.#files = shown.files;
    this.#title.textContent = ct("show.by", { name: shown.by });
    if (begins) this.#setOpen(true);
    this.#draw(shown);
  }

  end(): void {
    const focused = this.#focused;
    this.#shown = null;
    this.#files = [];
    this.#panel.hidden = true;
    this.#host.bar.show(LINE, "");
    if (focused) byTestId("run").focus();
  }

  get #focused(): boolean {
    return this.#panel.contains(document.activeElement);
  }

  /** While it is hidden, a line of the class leads back to it. */
  #setOpen(open: boolean): void {
    const { bar } = this.#host;
    const focused = this.#focused;
    this.#panel.hidden = !open;
    const name = this.#by;
    bar.show(LINE, open ? "" : ct("show.by", { name }), {
      label: ct("show.again", { name }),
      run: () => this.#openAgain(),
    });
    if (!open && focused) bar.focus(LINE);
    if (open && this.#shown) this.#draw(this.#shown);
  }

  #openAgain(): void {
    this.#setOpen(true);
    this.#around.focus();
  }

  #draw(shown: Shown): void {
    if (this.#panel.hidden) return;
    const file = this.#files.find(({ path }) => path === shown.path) ?? this.#files[0];
    const text = file?.content ?? "";
    if (this.#code.textContent !== text) this.#code.textContent = text;
    const height = Number.parseFloat(getComputedStyle(this.#around).lineHeight) || 20;
    const room = Math.floor(this.#around.clientHeight / height);
    this.#around.scrollTop = (firstShown(shown.top, shown.line, room) - 1) * height;
    void this.#drawScreen(shown);
  }

  async #drawScreen(shown: Shown): Promise<void> {
    this.#view ??= this.#open(shown);
    const view = await this.#view;
    if (this.#shown !== shown) return; // there is a newer one
    const { screen, rows, cols } = shown;
    view.resize({ rows, cols });
    view.write(encoder.encode(HOME_AND_CLEAR + screen), () => undefined);
  }

  async #open({ rows, cols, by }: Shown): Promise<WatchView> {
    this.#pane.setAttribute("aria-label", ct("show.terminal", { name: by }));
    const view = new WatchView(this.#pane, { rows, cols });
    await view.open();
    followTheme((theme) => view.setTheme(theme));
    return view;
  }

  #take(): void {
    const main = this.#shown?.path;
    if (this.#files.length > 0 && main) {
      this.#host.take(this.#files, main, this.#shown?.language ?? "python");
    }
  }
}
