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

/** Why a run ended. The server says it in English, with figures we need not know. */
export function reason(exit: Exit): string {
  if (speaksEnglish()) return exit.reason;
  if (exit.signal !== null) return t("outcome.signal", { signal: exit.signal });
  return t(`outcome.${exit.outcome}` as TextKey, { code: exit.exit_code ?? "?" });
}

/** What the server refuses. It says why in English, more exactly than by its code. */
export function refusal(error: { readonly code: ErrorCode; readonly message: string }): string {
  return speaksEnglish() ? error.message : t(`error.${error.code}`);
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
