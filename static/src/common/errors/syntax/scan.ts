export type TokenKind = "name" | "number" | "string" | "sign" | "end";

/** A word of Python's; `end` is that of a line outside of brackets. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offset in the text. */
  readonly at: number;
  /** From 1. */
  readonly line: number;
  /** How many brackets are open around it. */
  readonly depth: number;
}

export interface WrongBracket {
  readonly close: Token;
  /** What it closes, of another kind; null: nothing. */
  readonly open: Token | null;
}

export interface Scan {
  readonly tokens: readonly Token[];
  /** Brackets that nothing closes, the outermost first. */
  readonly open: readonly Token[];
  /** Brackets that close nothing, or another kind of bracket. */
  readonly wrong: readonly WrongBracket[];
  /** Strings without an end. */
  readonly unfinished: readonly Token[];
}

const SPACE = /(?:[ \t\f\u00a0]|\\(?:\r\n|\r|\n))+|#[^\r\n]*/y;
const NEW_LINE = /\r\n|\r|\n/y;
const QUOTE = /(?:[rbuft]{1,2})?('''|"""|'|")/iy;
const NUMBER = /0[xob][\da-f_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:e[+-]?\d+)?j?/iy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const SIGN =
  /\*\*=|\/\/=|>>=|<<=|\*\*|\/\/|>>|<<|->|:=|[-+*/%@&|^=<>!]=|&&|\|\||\+\+|--|\.\.\.|[^\s]/uy;
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** What is asked about one error is asked of the same text. */
let last: { readonly text: string; readonly found: Scan } | null = null;

/** Reads a file of Python, right or wrong, in time proportional to its length. */
export function scan(text: string): Scan {
  if (last?.text !== text) last = { text, found: new Scanner(text).run() };
  return last.found;
}

class Scanner {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #open: Token[] = [];
  readonly #wrong: WrongBracket[] = [];
  readonly #unfinished: Token[] = [];
  readonly #forgotten: Token[] = [];
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Scan {
    while (this.#at < this.#text.length) this.#next();
    this.#add("end", "");
    const [wrong, unfinished] = [this.#wrong, this.#unfinished];
    const open = [...this.#open, ...this.#forgotten].sort((one, other) => one.at - other.at);
    return { tokens: this.#tokens, open, wrong, unfinished };
  }

  #next(): void {
    const space = this.#match(SPACE);
    if (space !== null) {
      this.#line += lineEnds(space);
      this.#at += space.length;
      return;
    }
    const end = this.#match(NEW_LINE);
    if (end !== null) {
      if (this.#open.length === 0) this.#add("end", "");
      this.#line += 1;
      this.#at += end.length;
      return;
    }
    QUOTE.lastIndex = this.#at;
    const quote = QUOTE.exec(this.#text);
    if (quote) this.#string(quote[0], quote[1] ?? "");
    else this.#word();
  }

  #word(): void {
    for (const [kind, pattern] of [
      ["number", NUMBER],
      ["name", NAME],
      ["sign", SIGN],
    ] as const) {
      const text = this.#match(pattern);
      if (text === null) continue;
      const token = this.#add(kind, text);
      if (kind === "sign") this.#bracket(token);
      this.#at += text.length;
      return;
    }
    this.#at += 1; // a lone surrogate, or another kind of space
  }

  #bracket(token: Token): void {
    if ("([{".includes(token.text)) this.#open.push(token);
    const opening = PAIRS[token.text];
    if (opening === undefined) return;
    if (this.#open.at(-1)?.text === opening) {
      this.#open.pop();
      return;
    }
    const inner = this.#open.pop() ?? null;
    // The inner one was forgotten in a line above; else it was meant to be closed.
    if (inner && inner.line < token.line && this.#open.at(-1)?.text === opening) {
      this.#open.pop();
      this.#forgotten.push(inner);
    } else this.#wrong.push({ close: token, open: inner });
  }

  #string(start: string, quote: string): void {
    const long = quote.length === 3;
    let at = this.#at + start.length;
    while (at < this.#text.length) {
      const character = this.#text[at];
      if (character === "\\") at += this.#text.startsWith("\r\n", at + 1) ? 3 : 2;
      else if (this.#text.startsWith(quote, at)) {
        this.#addString(at + quote.length);
        return;
      } else if (!long && (character === "\n" || character === "\r")) break;
      else at += 1;
    }
    this.#unfinished.push(this.#addString(Math.min(at, this.#text.length)));
  }

  #addString(end: number): Token {
    const text = this.#text.slice(this.#at, end);
    const token = this.#add("string", text);
    this.#line += lineEnds(text);
    this.#at = end;
    return token;
  }

  #add(kind: TokenKind, text: string): Token {
    const [at, line, depth] = [this.#at, this.#line, this.#open.length];
    const token = { kind, text, at, line, depth };
    this.#tokens.push(token);
    return token;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** The statement of a line: from the end before it to its own. */
export function statementOf({ tokens }: Scan, line: number): Token[] {
  const within = tokens.findIndex((token) => token.line >= line && token.kind !== "end");
  if (within < 0) return [];
  let first = within;
  while (first > 0 && tokens[first - 1]?.kind !== "end") first -= 1;
  let last = within;
  while (last < tokens.length && tokens[last]?.kind !== "end") last += 1;
  return tokens.slice(first, last);
}
