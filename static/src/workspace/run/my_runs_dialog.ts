import { dateTime } from "../../common/i18n/dates";
import { t } from "../../common/i18n/translate";
import type { ActiveRun } from "../../protocol.gen";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import type { Api } from "../snippets/api";
import type { RunPanel } from "./run_panel";

const LOOK_AGAIN_MS = 5000;

const STATES = { queued: "state.queued", claimed: "state.starting" } as const;

/** `limited`: it opens because no further program may be started. */
export function openMyRuns(api: Api, panel: RunPanel, limited = false): void {
  void new MyRunsDialog(api, panel, limited).refresh();
}

/** The user's programs that run or wait, in any tab and on any device. */
class MyRunsDialog {
  readonly #api: Api;
  readonly #panel: RunPanel;
  readonly #list = make("ul", { class: "my-runs" });
  readonly #says = make("p", { class: "help", role: "status" });
  readonly #close: () => void;
  #shown = "";

  constructor(api: Api, panel: RunPanel, limited: boolean) {
    this.#api = api;
    this.#panel = panel;
    const looks = window.setInterval(() => void this.refresh(), LOOK_AGAIN_MS);
    const { body, close } = openDialog(t("command.my_runs"), "my-runs-dialog", () =>
      window.clearInterval(looks),
    );
    this.#close = close;
    if (limited) body.append(make("p", {}, t("my_runs.limit")));
    body.append(this.#list, this.#says);
  }

  async refresh(): Promise<void> {
    await this.#ask(() => this.#api.activeRuns());
  }

  async #stop(run: ActiveRun): Promise<void> {
    const left = await this.#ask(() => this.#api.stopRun(run.run));
    if (left) this.#say(outcome(run, left));
    // The button that had the focus is gone.
    const next = this.#list.querySelector<HTMLElement>("a, button");
    (next ?? this.#list.closest("dialog")?.querySelector<HTMLElement>("button"))?.focus();
  }

  async #ask(question: () => Promise<readonly ActiveRun[]>): Promise<readonly ActiveRun[] | null> {
    try {
      const runs = await question();
      this.#show(runs);
      return runs;
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  #show(runs: readonly ActiveRun[]): void {
    const state = JSON.stringify([runs, this.#panel.shownRun, this.#panel.active]);
    if (state === this.#shown) return;
    this.#shown = state;
    this.#list.replaceChildren(...runs.map((run) => this.#row(run)));
    this.#list.hidden = runs.length === 0;
    this.#say(runs.length === 0 ? t("my_runs.none") : "");
  }

  #say(text: string): void {
    this.#says.textContent = text;
  }

  #row(run: ActiveRun): HTMLElement {
    const started = dateTime(run.created_at);
    const here = run.run === this.#panel.shownRun;
    const state = STATES[run.status as keyof typeof STATES] ?? "state.running";
    const facts = [t(state), run.file, started, here ? t("my_runs.here") : ""].filter(Boolean);
    const words = make(
      "p",
      {},
      make("strong", {}, make("bdi", {}, run.title)),
      make("small", {}, facts.join(" · ")),
    );
    const name = { title: run.title, time: started };
    const stop = make(
      "button",
      { type: "button", class: "button", "aria-label": t("my_runs.stop_name", name) },
      t("command.stop"),
    );
    stop.addEventListener("click", () => {
      stop.disabled = true;
      void this.#stop(run);
    });
    const actions = make(
      "div",
      { class: "actions" },
      ...(here ? [] : [this.#way(run, name)]),
      stop,
    );
    return make("li", {}, words, actions);
  }

  /** In this window if it shows no program, else in a new one. */
  #way(run: ActiveRun, name: { title: string; time: string }): HTMLElement {
    const way = make(
      "a",
      {
        class: "button",
        href: run.url,
        target: "_blank",
        rel: "noopener",
        "aria-label": t("my_runs.open_name", name),
      },
      t("my_runs.open"),
    );
    way.addEventListener("click", (event) => {
      if (this.#panel.active) return;
      event.preventDefault();
      this.#close();
      this.#panel.attach(run.run);
    });
    return way;
  }
}

function outcome(stopped: ActiveRun, left: readonly ActiveRun[]): string {
  if (left.some(({ run }) => run === stopped.run)) return t("sentence.stopping");
  const said = t("my_runs.stopped", { title: stopped.title });
  return left.length === 0 ? `${said} ${t("my_runs.none")}` : said;
}
