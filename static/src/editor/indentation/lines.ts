/** How a line begins: with a statement, inside brackets or after a backslash, or inside a string. */
export type LineStart = "statement" | "continuation" | "string";

export interface Line {
  /** The offset of its first character. */
  readonly from: number;
  readonly text: string;
  readonly start: LineStart;
}

/** What a reader of a program knows at the end of what he has read. */
export interface ReadState {
  /** The quotes that end the string in which the text ends; empty outside of strings. */
  readonly quote: string;
  /** Open brackets. */
  readonly depth: number;
  /** The last character of the last line that is code, not comment; empty without one. */
  readonly last: string;
}

const OPENING = "([{";
const CLOSING = ")]}";
/** No line of an expression begins with these: a bracket before them was never closed. */
const NEW_STATEMENT =
  /^[ \t]*(?:def|class|import|return|while|try|except|finally|with|raise|pass)\b/;
/** Next to read: a comment, quotes, a bracket, an escaped character, or anything else that is code. */
const TOKEN = /#.*|"""|'''|["']|[([{]|[)\]}]|\\.?|[^\s#"'([{)\]}\\]+/g;

export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

export function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** The lines of a text. Of other languages than Python, each begins with a statement. */
export function linesOf(text: string, python: boolean): Line[] {
  const reader = new Reader();
  let from = 0;
  return text.split("\n").map((line) => {
    const start = python ? reader.read(line) : "statement";
    const read = { from, text: line, start };
    from += line.length + 1;
    return read;
  });
}

export function stateAfter(text: string): ReadState {
  const reader = new Reader();
  for (const line of text.split("\n")) reader.read(line);
  return reader;
}

/** Reads Python line by line, as far as indentation depends on it. */
class Reader implements ReadState {
  quote = "";
  depth = 0;
  last = "";
  #joined = false;

  read(line: string): LineStart {
    if (this.quote === "" && this.depth > 0 && NEW_STATEMENT.test(line)) this.depth = 0;
    const continued = this.depth > 0 || this.#joined;
    const start = this.quote !== "" ? "string" : continued ? "continuation" : "statement";
    this.last = "";
    this.#joined = false;
    TOKEN.lastIndex = 0;
    for (let found = TOKEN.exec(line); found; found = TOKEN.exec(line)) this.#take(found[0], line);
    // A line ends a string of single quotes, unless a backslash is its last character.
    if (this.quote.length === 1 && !line.endsWith("\\")) this.quote = "";
    return start;
  }

  #take(token: string, line: string): void {
    if (this.quote !== "") {
      this.#takeInString(token);
      return;
    }
    if (token.startsWith("#")) return;
    if (token === "\\" && TOKEN.lastIndex === line.length) this.#joined = true;
    if (/^["']/.test(token)) this.quote = token;
    else if (OPENING.includes(token)) this.depth += 1;
    else if (CLOSING.includes(token)) this.depth = Math.max(0, this.depth - 1);
    this.last = token.slice(-1);
  }

  #takeInString(token: string): void {
    const at = TOKEN.lastIndex - token.length;
    if (token === this.quote) {
      this.quote = "";
      this.last = token.slice(-1);
    } else if (token.startsWith(this.quote)) {
      // Three quotes in a string of one: the first ends it.
      this.quote = "";
      TOKEN.lastIndex = at + 1;
    } else if (token.startsWith("#") || token.length === 3) {
      // Not a comment, and not three quotes: read on behind the first character.
      TOKEN.lastIndex = at + 1;
    }
  }
}
