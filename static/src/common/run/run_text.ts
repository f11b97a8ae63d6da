import type { Exit } from "../../protocol.gen";
import { duration, size } from "../i18n/format";
import { t } from "../i18n/translate";

export function gapLine(bytes: number): string {
  return t("output.gap", { size: size(bytes) });
}

export function endingLine(exit: Exit): string {
  const time = duration(exit.wall_ms);
  if (exit.outcome === "completed") return t("end.completed", { time });
  return `${trimmed(exit.reason)} · ${time}`;
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
