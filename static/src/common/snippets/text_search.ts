import type { SourceFile } from "../../protocol.gen";

/** A place where the text occurs. */
export interface Match {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Characters of the line before the match. */
  readonly column: number;
  readonly length: number;
  /** The line, without its indentation; of a long line, the part around the match. */
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

export interface Found {
  /** By file, in the order of the files, then by place. */
  readonly matches: readonly Match[];
  /** There are more matches than `MAX_MATCHES`. */
  readonly more: boolean;
}

export const MAX_MATCHES = 200;
const MAX_BEFORE = 24;
const MAX_FOUND = 80;
const MAX_AFTER = 160;
const CUT = "…";

/** Finds a text of one line in all files. Matches do not overlap. */
export function findText(files: readonly SourceFile[], text: string, matchCase: boolean): Found {
  const matches: Match[] = [];
  if (text === "") return { matches, more: false };
  const pattern = literal(text, matchCase);
  for (const file of files) {
    for (const match of matchesIn(file, pattern)) {
      if (matches.length === MAX_MATCHES) return { matches, more: true };
      matches.push(match);
    }
  }
  return { matches, more: false };
}

/** A pattern, because changing a text to lower case may change its length. */
function literal(text: string, matchCase: boolean): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(escaped, matchCase ? "gu" : "giu");
}

function* matchesIn({ path, content }: SourceFile, pattern: RegExp): Generator<Match> {
  const lineEnd = /\r\n?|\n/g;
  let [line, start] = [1, 0];
  let next = lineEnd.exec(content);
  for (const { index, 0: found } of content.matchAll(pattern)) {
    while (next && next.index < index) {
      [line, start] = [line + 1, lineEnd.lastIndex];
      next = lineEnd.exec(content);
    }
    const place = { path, line, column: index - start, length: found.length };
    yield { ...place, ...excerpt(content, start, index, index + found.length) };
  }
}

/** Copies only the characters that it returns: a line may have a million. */
function excerpt(content: string, start: number, from: number, to: number) {
  const code = Math.min(from, endOfIndentation(content, start));
  const [first, last] = [Math.max(code, from - MAX_BEFORE), Math.min(to, from + MAX_FOUND)];
  const [rest = ""] = content.slice(to, to + MAX_AFTER + 1).split(/[\r\n]/, 1);
  const before = whole(content.slice(first, from));
  const after = rest.length > MAX_AFTER ? whole(rest.slice(0, MAX_AFTER)) + CUT : rest;
  return {
    before: first > code ? CUT + before : before,
    found: whole(content.slice(from, last)),
    after: last < to ? CUT : after,
  };
}

function endOfIndentation(content: string, start: number): number {
  const indentation = /[ \t]*/y;
  indentation.lastIndex = start;
  indentation.exec(content);
  return indentation.lastIndex;
}

/** Without the halves of characters at both ends. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}
