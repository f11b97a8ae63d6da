import type { ErrorCode, Exit } from "../../protocol.gen";
import { duration, size } from "../i18n/format";
import { speaksEnglish, type TextKey, t } from "../i18n/translate";

export function gapLine(bytes: number): string {
  return t("output.gap", { size: size(bytes) });
}

export function endingLine(exit: Exit): string {
  const time = duration(exit.wall_ms);
  if (exit.outcome === "completed") return t("end.completed", { time });
  return `${trimmed(reason(exit))} · ${time}`;
}

/** Why a run ended. The server's English sentence contains figures that the page does not have. */
export function reason(exit: Exit): string {
  if (speaksEnglish()) return exit.reason;
  if (exit.signal !== null) return t("outcome.signal", { signal: exit.signal });
  return t(`outcome.${exit.outcome}` as TextKey, { code: exit.exit_code ?? "?" });
}

/** Why the server refused a request. Its English sentence is more exact than the code. */
export function refusal(error: { readonly code: ErrorCode; readonly message: string }): string {
  return speaksEnglish() ? error.message : t(`error.${error.code}`);
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
