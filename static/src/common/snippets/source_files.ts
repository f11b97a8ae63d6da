import type { SourceFile } from "../../protocol.gen";
import { utf8Length } from "../base/utf8";
import type { TextKey } from "../i18n/translate";

/** The same limits as on the server: runner/protocol/paths.py and messages.py. */
export const MOST_FILES = 20;
export const MOST_DEPTH = 8;
export const MOST_NAME_BYTES = 200;
export const MOST_PATH_CHARACTERS = 255;
/** All files of a program are sent in one message of at most 512 KiB, including JSON escapes. */
export const MOST_BYTES = 400 * 1024;
export const MOST_TITLE_CHARACTERS = 200;

const CONTROL = /[\p{C}\\]/u;

/** Why a path is invalid for a file beside `others`; null if it is valid. */
export function pathProblem(path: string, others: readonly string[]): TextKey | null {
  if (path.trim() === "") return "path.empty";
  if (path.startsWith("/")) return "path.absolute";
  if (CONTROL.test(path)) return "path.characters";
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "path.parts";
  if (parts.length > MOST_DEPTH) return "path.deep";
  const long = parts.some((part) => utf8Length(part) > MOST_NAME_BYTES);
  if (long || path.length > MOST_PATH_CHARACTERS) return "path.long";
  // Many file systems ignore case: unpacking a zip with Main.py and main.py would lose one.
  const same = (other: string) => other.toLowerCase() === path.toLowerCase();
  if (others.some(same)) return "path.taken";
  const folder = others.some((o) => o.startsWith(`${path}/`) || path.startsWith(`${o}/`));
  return folder ? "path.folder" : null;
}

export function titleProblem(title: string): TextKey | null {
  if (title.trim() === "") return "title.empty";
  if ([...title].length > MOST_TITLE_CHARACTERS) return "title.long";
  return /\p{Cc}/u.test(title) ? "title.characters" : null;
}

/** `wanted`, or the first of `wanted_2`, `wanted_3` … that no other file has. */
export function freePath(wanted: string, others: readonly string[]): string {
  if (pathProblem(wanted, others) !== "path.taken") return wanted;
  const dot = wanted.lastIndexOf(".");
  const cut = dot > wanted.lastIndexOf("/") + 1 ? dot : wanted.length;
  for (let number = 2; ; number += 1) {
    const path = `${wanted.slice(0, cut)}_${number}${wanted.slice(cut)}`;
    if (pathProblem(path, others) !== "path.taken") return path;
  }
}

export function totalBytes(files: readonly SourceFile[]): number {
  return files.reduce((sum, { content }) => sum + utf8Length(content), 0);
}

const BY_EXTENSION: Readonly<Record<string, string>> = {
  py: "python",
  js: "javascript",
  mjs: "javascript",
  ts: "typescript",
  c: "c",
  h: "c",
  cpp: "cpp",
  hpp: "cpp",
  java: "java",
  go: "go",
  rs: "rust",
  rb: "ruby",
  sh: "shell",
  json: "json",
  md: "markdown",
};

/** The language for syntax highlighting. */
export function languageOf(path: string): string {
  return BY_EXTENSION[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? "plaintext";
}
