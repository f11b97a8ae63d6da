import { t, useLanguage } from "../common/i18n/translate";
import { WatchSession, type WatchState } from "../common/run/watch_session";
import { failureText, isSignedOut, mayPass } from "../common/way/way_text";
import { Connection, type ConnectionState } from "../terminal/connection";
import { followTheme } from "../terminal/page_theme";
import { timer } from "../terminal/timer";
import { WatchView } from "../terminal/watch_view";
import { csrfToken } from "../terminal/ways/csrf_token";
import { placesInCode } from "./code_places";
import { find, setHidden } from "./find";
import type { LiveScreen, ScreenNews } from "./live_screen";
import type { RunArtifacts } from "./run_artifacts";

const SCREEN = 2;
const BADGE_MS = 10_000;

/** The page of a program that runs: its terminal, which takes no keys. */
class LiveRun {
  readonly #connection = new Connection({
    token: csrfToken,
    way: "socket",
    sides: true,
    mayReplace: () => true,
  });
  readonly #pane: HTMLElement;
  readonly #student: string;
  #state: WatchState = { phase: "connecting" };
  #screen: Promise<LiveScreen> | null = null;

  constructor(pane: HTMLElement) {
    this.#pane = pane;
    this.#student = pane.dataset.student ?? "";
  }

  async open(artifacts: Promise<RunArtifacts | null>): Promise<void> {
    const { run = "", rows, cols } = this.#pane.dataset;
    const view = new WatchView(this.#pane, { rows: Number(rows), cols: Number(cols) });
    const session = new WatchSession(run, {
      screen: view,
      timer,
      send: (message) => this.#connection.send(message),
      changed: (state) => this.#show(state),
    });
    this.#connection.onDidConnect(() => session.connected());
    this.#connection.onDidReceiveMessage((message) => {
      if ((message.type === "gap" || message.type === "channel_ack") && message.channel) {
        this.#hearAside(message);
        return;
      }
      session.receive(message);
      if (message.type === "artifact") void artifacts.then((shown) => shown?.receive(message));
    });
    this.#connection.onDidReceiveOutput((frame) => {
      if (frame.channel) this.#hearAside(frame);
      else session.output(frame);
    });
    this.#connection.onDidDiagnose((failure) => {
      if (mayPass(failure) || isSignedOut(failure)) return;
      const { text, advice } = failureText(failure, location.origin);
      this.#say(`${text} ${advice}`.trim());
    });
    this.#connection.onDidChangeState((state) => this.#showConnection(state));
    this.#pane.hidden = false;
    setHidden("transcript", true);
    view.linkPlaces(placesInCode());
    await view.open();
    followTheme((theme) => view.setTheme(theme));
    this.#connection.open();
  }

  /** What shows windows is loaded with the first program that has a screen. */
  #hearAside(news: ScreenNews): void {
    if (news.channel !== SCREEN) return;
    this.#screen ??= import("./live_screen").then(
      ({ LiveScreen }) => new LiveScreen(this.#connection, this.#pane),
    );
    void this.#screen.then((screen) => screen.hear(news));
  }

  #show(state: WatchState): void {
    this.#state = state;
    this.#pane.dataset.state = state.phase;
    this.#say(this.#sentence(state));
    if (state.phase === "ended") void this.#showOutcome();
    const over = state.phase === "ended" || (state.phase === "refused" && !state.again);
    if (over) this.#connection.close();
  }

  /** Only news: a lost connection, and that it is back. */
  #showConnection(state: ConnectionState): void {
    if (this.#state.phase === "connecting" || this.#state.phase === "refused") return;
    if (state !== "connected") this.#say(t("watch.cut"));
  }

  #sentence(state: WatchState): string {
    const student = this.#student;
    switch (state.phase) {
      case "connecting":
        return t("watch.connecting");
      case "queued":
        return student ? t("watch.queued", { student }) : t("watch.queued_own");
      case "compiling":
        return student ? t("watch.compiling", { student }) : t("sentence.compiling");
      case "running":
        return student ? t("watch.running", { student }) : t("watch.running_own");
      case "waiting":
        return student ? t("watch.waiting", { student }) : t("watch.waiting_own");
      case "held":
        return student ? t("watch.held", { student }) : t("watch.held_own");
      case "ended":
        return state.exit.reason;
      case "refused":
        return state.problem;
    }
  }

  #say(text: string): void {
    const status = find("live-status");
    if (status && status.textContent !== text) status.textContent = text;
  }

  /** As the page says it when it is opened again: the server knows also the error and its line. */
  async #showOutcome(): Promise<void> {
    setHidden("live-replay", false);
    const now = await loadedBadge().catch(() => null);
    // Without an answer, the sentence below says how the run ended.
    if (now) find("run-state")?.replaceWith(now);
    else setHidden("run-state", true);
  }
}

/** The state of the run on this page as it is now; an end is stored before it is told. */
async function loadedBadge(): Promise<HTMLElement | null> {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(BADGE_MS) });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("run-state");
}

export function watch(pane: HTMLElement, artifacts: Promise<RunArtifacts | null>): Promise<void> {
  useLanguage(document.documentElement.lang, navigator.languages);
  return new LiveRun(pane).open(artifacts);
}
