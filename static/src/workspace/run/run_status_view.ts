import { clock } from "../../common/i18n/format";
import { type TextKey, t } from "../../common/i18n/translate";
import { IDLE, isActive, type RunState } from "../../common/run/run_state";
import { stateSentence, stateWord, statusLine } from "../../common/run/run_status_text";
import type { Way } from "../../common/way/way_choice";
import type { ConnectionState } from "../../terminal/connection";
import { byId, byTestId } from "../chrome/widgets/dom";

const CONNECTION_WORDS: Record<ConnectionState, TextKey> = {
  connected: "connection.connected",
  reconnecting: "connection.reconnecting",
  offline: "connection.offline",
};
/** A connection that returns within this time is not reported as lost. */
const RECONNECT_GRACE_MS = 700;

/** The values of `data-state`, which scripts and tests may rely on. */
function stateAttribute(state: RunState): string {
  if (state.phase === "starting" || state.phase === "restoring") return "queued";
  return state.phase;
}

function isWaiting(state: RunState): boolean {
  return state.waiting !== "" && !state.stopping;
}

function tone(state: RunState): string {
  if (state.phase === "idle") return state.problem ? "bad" : "idle";
  if (state.phase !== "finished") return isWaiting(state) || state.held ? "waiting" : "busy";
  const outcome = state.exit?.outcome ?? "";
  if (outcome === "completed") return "ok";
  return outcome.startsWith("stopped") || outcome === "disconnected" ? "idle" : "bad";
}

/** Shows the state of the run and of the connection: badge, status line, clock, buttons. */
export class RunStatusView {
  readonly #run = byTestId<HTMLButtonElement>("run");
  readonly #stop = byTestId<HTMLButtonElement>("stop");
  readonly #badge = byTestId("run-state");
  readonly #connection = byTestId("connection");
  readonly #connectionWord = byId("connection-word");
  readonly #status = byId("status");
  readonly #elapsed = byId("elapsed");
  readonly #announcer = byId("announcer");
  readonly #empty = byId("terminal-empty");
  /** Above the output: at the edge of the page nobody would look for why it stands still. */
  readonly #notice = byId("terminal-notice");
  #connected = true;
  #way: Way = "socket";
  /** What was read out last. */
  #announced = { run: null as string | null, sentence: "", waiting: false };
  #state: RunState = IDLE;
  #clock = 0;
  #connectionTimer = 0;

  show(state: RunState, startedAt: number | null): void {
    this.#state = state;
    const active = isActive(state);
    this.#run.disabled = active;
    this.#stop.disabled = !active || !state.control || state.stopping;
    this.#badge.dataset.state = stateAttribute(state);
    this.#badge.dataset.outcome = state.exit?.outcome ?? "";
    this.#badge.dataset.run = state.run ?? "";
    this.#badge.dataset.waiting = String(isWaiting(state));
    this.#badge.dataset.tone = tone(state);
    this.#badge.textContent = stateWord(state);
    this.#showStatus();
    const held = state.control && !state.stopping ? state.held : "";
    this.#notice.hidden = held === "";
    this.#notice.textContent = held;
    this.#empty.hidden = state.phase !== "idle" || state.problem !== null;
    this.#showTime(state, startedAt);
  }

  /** Told when the connection is; the words say which way it takes. */
  showWay(way: Way): void {
    this.#way = way;
    this.#connection.dataset.way = way;
    if (this.#connected) this.showConnection("connected");
  }

  showConnection(state: ConnectionState): void {
    this.#connection.dataset.state = state;
    this.#connected = state === "connected";
    window.clearTimeout(this.#connectionTimer);
    const show = () => {
      const slow = state === "connected" && this.#way === "polls";
      const words = t(slow ? "connection.polls" : CONNECTION_WORDS[state]);
      this.#connection.title = words;
      if (this.#connectionWord.textContent !== words) this.#connectionWord.textContent = words;
      this.#connection.dataset.told = state;
      this.#showStatus();
    };
    if (state === "reconnecting")
      this.#connectionTimer = window.setTimeout(show, RECONNECT_GRACE_MS);
    else show();
  }

  #showStatus(): void {
    const disconnected = !this.#connected && this.#state.phase === "running";
    this.#status.textContent = disconnected ? t("connection.cut") : statusLine(this.#state);
    this.#status.dataset.word = stateWord(this.#state);
    this.#status.dataset.tone = tone(this.#state);
    this.#announce(disconnected ? t("connection.cut") : stateSentence(this.#state));
  }

  /** A screen reader reads every change of the text, even to the same text: of another run. */
  #announce(sentence: string): void {
    const { run } = this.#state;
    const same = this.#announced.run === run && this.#announced.sentence === sentence;
    // Of a program that asks a hundred questions, the first is announced.
    const answered = sentence === t("sentence.running") && this.#announced.waiting;
    if (same || answered) return;
    this.#announced = { run, sentence, waiting: isWaiting(this.#state) };
    this.#announcer.textContent = sentence;
  }

  #showTime(state: RunState, startedAt: number | null): void {
    window.clearInterval(this.#clock);
    if (state.phase === "running" && startedAt !== null) {
      const tick = () => {
        this.#elapsed.textContent = clock(Date.now() - startedAt);
      };
      tick();
      this.#clock = window.setInterval(tick, 1000);
    } else {
      this.#elapsed.textContent = "";
    }
  }
}
