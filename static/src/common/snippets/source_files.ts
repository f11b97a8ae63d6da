import {
  type CheckedCode,
  MAX_DEPTH,
  MAX_NAME_BYTES,
  MAX_PATH_CHARACTERS,
  type SourceFile,
  TITLE_CHARACTERS,
} from "../../protocol.gen";
import { utf8Length } from "../base/utf8";

const CONTROL = /[\p{C}\\]/u;

/** Why a path is invalid for a file beside `others`; null if it is valid. */
export function pathProblem(path: string, others: readonly string[]): CheckedCode | null {
  if (path.trim() === "") return "path_empty";
  if (path.startsWith("/")) return "path_absolute";
  if (CONTROL.test(path)) return "path_characters";
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "path_parts";
  if (parts.length > MAX_DEPTH) return "path_deep";
  const long = parts.some((part) => utf8Length(part) > MAX_NAME_BYTES);
  if (long || path.length > MAX_PATH_CHARACTERS) return "path_long";
  // Many file systems ignore case: unpacking a zip with Main.py and main.py would lose one.
  const same = (other: string) => other.toLowerCase() === path.toLowerCase();
  if (others.some(same)) return "path_twice";
  const folder = others.some((o) => o.startsWith(`${path}/`) || path.startsWith(`${o}/`));
  return folder ? "path_of_folder" : null;
}

/**
 * The path that a user means who types `name`: `extension` is added to a name without a dot, and
 * `helper.py.py` becomes `helper.py`, because both cannot be imported. Empty if nothing was typed.
 */
export function pathMeant(name: string, extension: string): string {
  const path = name.trim();
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (file === "") return path;
  const folder = path.slice(0, path.length - file.length);
  const stem = file.replace(/(?<=[^.])\.+$/, "");
  // Python imports no HELPER.PY where letters of names have a case.
  const single = stem.replace(/(?<=.)(\.[a-z]\w*)\1+$/i, "$1").replace(/\.py$/i, ".py");
  const whole = extension === "" || single.includes(".") ? single : `${single}.${extension}`;
  return folder + whole;
}

/** What follows the last dot of a file's name; empty without one. */
export function extensionOf(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const dot = file.lastIndexOf(".");
  return dot > 0 ? file.slice(dot + 1) : "";
}

/** Where the name of a file stands in its path: without folder and extension. */
export function stemRange(path: string): [number, number] {
  const start = path.lastIndexOf("/") + 1;
  const extension = extensionOf(path);
  return [start, extension ? path.length - extension.length - 1 : path.length];
}

export function titleProblem(title: string): CheckedCode | null {
  if (title.trim() === "") return "title_empty";
  if ([...title].length > TITLE_CHARACTERS) return "title_long";
  return HIDDEN.test(title.replace(JOINERS, "")) ? "title_characters" : null;
}

/** Joins what stands beside it into one sign: families of emoji, letters of Persian or Hindi. */
const JOINERS = /(?<=[^\p{ASCII}\u200c\u200d])[\u200c\u200d](?=[^\p{ASCII}\u200c\u200d])/gu;
/** As `runner/protocol/names.py` has it: what shows nothing of its own. */
const HIDDEN = /(?![\u{1f000}-\u{1faff}])\p{C}/u;

/** A stored title as it can be saved again: what was allowed before may be refused now. */
export function savableTitle(title: string): string {
  if (titleProblem(title) !== "title_characters") return title;
  const shown = [...title].filter((sign) => !HIDDEN.test(sign)).join("");
  return shown.trim() === "" ? "?" : shown;
}

/** `wanted`, or the first of `wanted_2`, `wanted_3` … that no other file has. */
export function freePath(wanted: string, others: readonly string[]): string {
  if (pathProblem(wanted, others) !== "path_twice") return wanted;
  const dot = wanted.lastIndexOf(".");
  const cut = dot > wanted.lastIndexOf("/") + 1 ? dot : wanted.length;
  for (let number = 2; ; number += 1) {
    const path = `${wanted.slice(0, cut)}_${number}${wanted.slice(cut)}`;
    if (pathProblem(path, others) !== "path_twice") return path;
  }
}

export function totalBytes(files: readonly SourceFile[]): number {
  return files.reduce((sum, { content }) => sum + utf8Length(content), 0);
}
