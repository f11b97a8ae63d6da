import type { Exit } from "../../protocol.gen";
import { duration, size, wrapped } from "../i18n/format";
import { t } from "../i18n/translate";

const NO_BREAK = "\u00a0";

export function gapLine(bytes: number): string {
  return t("output.gap", { size: size(bytes) });
}

/** A message of the page in the terminal; dashes on both sides only where they fit on its line. */
export function noteLines(text: string, columns: number): string[] {
  const line = `── ${text} ──`;
  if (line.length <= columns) return [line];
  // A duration stays on one line, with the dot before it.
  const joined = `── ${text}`.replace(/([·\d]) (?=[\d\p{L}])/gu, `$1${NO_BREAK}`);
  return wrapped(joined, columns).map((each) => each.replaceAll(NO_BREAK, " "));
}

export function endingLine(exit: Exit): string {
  const time = duration(exit.wall_ms);
  if (exit.outcome === "completed") return t("end.completed", { time });
  return `${trimmed(exit.reason)} · ${time}`;
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
