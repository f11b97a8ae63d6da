import type { Outcome } from "../../protocol.gen";
import { t } from "../i18n/translate";
import type { RunState } from "./run_state";

/** The word on the badge. */
export function stateWord(state: RunState): string {
  switch (state.phase) {
    case "idle":
      return t("state.idle");
    case "starting":
      return t("state.starting");
    case "queued":
      return t("state.queued");
    case "restoring":
      return t("state.restoring");
    case "running":
      if (state.stopping) return t("state.stopping");
      if (!state.control) return t("state.watching");
      if (state.held) return t("state.held");
      if (state.compiling) return t("state.compiling");
      return t(state.waiting ? "state.waiting" : "state.running");
    case "finished":
      return endWord(state.exit?.outcome);
  }
}

function endWord(outcome: Outcome | undefined): string {
  switch (outcome) {
    case "completed":
      return t("state.finished");
    case "failed":
    case "compile_error":
      return t("state.failed");
    case "stopped":
    case "stopped_by_instructor":
      return t("state.stopped");
    default:
      return t("state.ended");
  }
}

/** The sentence that screen readers announce. */
export function stateSentence(state: RunState): string {
  switch (state.phase) {
    case "idle":
      return state.problem ?? "";
    case "starting":
      return t("sentence.starting");
    case "queued":
      return queueSentence(state.position);
    case "restoring":
      return t("sentence.restoring");
    case "running":
      if (state.stopping) return t("sentence.stopping");
      if (!state.control) return t("sentence.watching");
      if (state.compiling && !state.held) return t("sentence.compiling");
      return state.held || state.waiting || t("sentence.running");
    case "finished":
      return state.exit?.reason || t("state.ended");
  }
}

/** The status line's: empty where the badge or the terminal's last line says the same. */
export function statusLine(state: RunState): string {
  switch (state.phase) {
    case "queued":
    case "restoring":
      return stateSentence(state);
    case "running": {
      if (state.held) return ""; // said above the output
      const told = state.compiling || state.waiting !== "" || !state.control;
      const more = !state.stopping && told;
      return more ? stateSentence(state) : "";
    }
    default:
      return "";
  }
}

function queueSentence(position: number | null): string {
  if (position === null || position <= 1) return t("queue.next");
  return t("queue.place", { position });
}
