/** Nothing, a comment, or what is no step of its own. */
const NO_STEP =
  /^\s*(?:(?:else|finally)\s*:|(?:global|nonlocal)\s+[\p{L}_][\p{L}\p{N}_,\s]*)?\s*(?:#.*)?$/u;
/** A comment, or the beginning of a text, with the letters before it. */
const TOKEN = /#|([rbuf]{0,2})("""|'''|"|')/gi;
const BLANK = /^\s*(?:#.*)?$/;

/**
 * Which lines of a program in Python no program stops in: empty ones, comments, and texts that say
 * what a function does. Indexes are from 0.
 */
export function linesWithoutCode(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  /** The quotes of a text that goes on in the next line, and in which line it has begun. */
  let open: { readonly quotes: string; readonly first: number; readonly alone: boolean } | null =
    null;
  lines.forEach((line, index) => {
    let at = 0;
    if (open) {
      at = endOfText(line, 0, open.quotes);
      if (at < 0) return;
      if (open.alone && BLANK.test(line.slice(at))) {
        for (let inside = open.first; inside <= index; inside += 1) found.add(inside);
      }
      open = null;
    } else if (NO_STEP.test(line)) {
      found.add(index);
      return;
    }
    const { quotes, alone } = scanned(line, at);
    if (quotes) open = { quotes, first: index, alone };
    else if (alone) found.add(index);
  });
  return found;
}

/** The quotes of the text that the line leaves open; `alone`: nothing but one text is in the line. */
function scanned(line: string, from: number): { readonly quotes: string; readonly alone: boolean } {
  let at = from;
  let texts = 0;
  let code = from > 0;
  while (at < line.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(line);
    code ||= line.slice(at, token?.index).trim() !== "";
    const [whole = "", prefix = "", quotes = ""] = token ?? [];
    if (!token || !quotes) break; // no more texts, or a comment
    texts += 1;
    code ||= /f/i.test(prefix); // it is computed
    const end = endOfText(line, token.index + whole.length, quotes);
    if (end < 0 && quotes.length === 3) return { quotes, alone: !code && texts === 1 };
    at = end < 0 ? line.length : end;
  }
  return { quotes: "", alone: !code && texts > 0 };
}

/** Behind its quotes; -1: it does not end in this line. */
function endOfText(line: string, from: number, quotes: string): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line.startsWith(quotes, at)) return at + quotes.length;
  }
  return -1;
}
