import { duration } from "../i18n/format";
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
      return t(state.control ? "state.running" : "state.watching");
    case "finished":
      return t(state.exit?.outcome === "completed" ? "state.finished" : "state.ended");
  }
}

/** The sentence of the status line, which screen readers also announce. `idle`: that of the template. */
export function stateSentence(state: RunState, idle = ""): string {
  switch (state.phase) {
    case "idle":
      return state.problem ?? idle;
    case "starting":
      return t("sentence.starting");
    case "queued":
      return queueSentence(state.position);
    case "restoring":
      return t("sentence.restoring");
    case "running":
      if (state.stopping) return t("sentence.stopping");
      return t(state.control ? "sentence.running" : "sentence.watching");
    case "finished":
      return state.exit?.reason || t("state.ended");
  }
}

/** Figures after the sentence: the exit code, if the sentence lacks it, and the first output's delay. */
export function stateFigures(state: RunState): string[] {
  const figures: string[] = [];
  const code = state.exit?.exit_code ?? null;
  const said = stateSentence(state).includes(String(code));
  if (code !== null && !said) figures.push(t("figure.exit", { code }));
  const first = state.firstOutputMs;
  if (first !== null) figures.push(t("figure.first", { time: duration(first) }));
  return figures;
}

function queueSentence(position: number | null): string {
  if (position === null || position <= 1) return t("queue.next");
  return t("queue.place", { position });
}
