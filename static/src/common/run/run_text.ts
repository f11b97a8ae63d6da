import {
  type ClientMessage,
  type Exit,
  MAX_SOURCE_BYTES,
  type SourceFile,
} from "../../protocol.gen";
import { utf8Length } from "../base/utf8";
import { duration, size, wrapped } from "../i18n/format";
import { t } from "../i18n/translate";
import { totalBytes } from "../snippets/source_files";
import { encode } from "./message_codec";

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

/** Why a program cannot be sent in a message of at most `most` bytes; empty if it can. */
export function sizeProblem(
  files: readonly SourceFile[],
  message: ClientMessage,
  most: number,
): string {
  const bytes = totalBytes(files);
  if (bytes > MAX_SOURCE_BYTES) {
    return t("start.large", { size: size(bytes), most: size(MAX_SOURCE_BYTES) });
  }
  // JSON writes most control characters with six letters.
  return utf8Length(encode(message)) > most ? t("start.control") : "";
}

function trimmed(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
