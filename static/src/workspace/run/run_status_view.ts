import { clock, duration } from "../../common/i18n/format";
import { type TextKey, t } from "../../common/i18n/translate";
import { IDLE, isActive, type RunState } from "../../common/run/run_state";
import { stateFigures, stateSentence, stateWord } from "../../common/run/run_status_text";
import { byId, byTestId } from "../chrome/widgets/dom";
import type { ConnectionState } from "./connection";

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

function tone(state: RunState): string {
  if (state.phase === "idle") return state.problem ? "bad" : "idle";
  if (state.phase !== "finished") return "busy";
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
  readonly #figures = byId("figures");
  readonly #empty = byId("terminal-empty");
  readonly #idle = this.#status.textContent ?? ""; // in the reader's language, from the template
  #connected = true;
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
    this.#badge.dataset.tone = tone(state);
    this.#badge.textContent = stateWord(state);
    this.#showStatus();
    this.#empty.hidden = state.phase !== "idle" || state.problem !== null;
    this.#showTime(state, startedAt);
  }

  showConnection(state: ConnectionState): void {
    this.#connection.dataset.state = state;
    this.#connected = state === "connected";
    window.clearTimeout(this.#connectionTimer);
    const show = () => {
      const words = t(CONNECTION_WORDS[state]);
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
    const sentence = disconnected ? t("connection.cut") : stateSentence(this.#state, this.#idle);
    this.#status.textContent = sentence;
    this.#status.dataset.tone = tone(this.#state);
    this.#figures.textContent = stateFigures(this.#state).join(" · ");
    // A screen reader reads every change of the text, even to the same text.
    if (this.#announcer.textContent !== sentence) this.#announcer.textContent = sentence;
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
      this.#elapsed.textContent = state.exit ? duration(state.exit.wall_ms) : "";
    }
  }
}
