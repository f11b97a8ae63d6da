import { type Explanation, type Fault, linesOf, say, sourceOf, textOf } from "../fault";
import { scan, type Token } from "../syntax/scan";

/** A name, and the line that gives it a meaning. */
export interface Definition {
  readonly name: string;
  readonly line: number;
  /** The function in which it is; empty: outside of all. */
  readonly inside: string;
  readonly kind: "function" | "class" | "import" | "value" | "parameter";
}

/** What a program defines, in the order of its lines. */
export function definitions(text: string): Definition[] {
  return new Reader(text).run();
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #lines: readonly string[];
  readonly #found: Definition[] = [];
  /** The functions around a line: their names, and how far they are indented. */
  #around: { readonly name: string; readonly indent: number }[] = [];

  constructor(text: string) {
    this.#tokens = scan(text).tokens;
    this.#lines = linesOf(text);
  }

  run(): Definition[] {
    let first = 0;
    for (let at = 0; at <= this.#tokens.length; at += 1) {
      const token = this.#tokens[at];
      if (token && token.kind !== "end") continue;
      this.#statement(this.#tokens.slice(first, at));
      first = at + 1;
    }
    return this.#found;
  }

  #statement(tokens: readonly Token[]): void {
    const [first, second] = tokens;
    if (!first) return;
    const indent = (this.#lines[first.line - 1] ?? "").search(/\S/);
    this.#around = this.#around.filter((one) => one.indent < indent);
    const word = first.text === "async" ? (second?.text ?? "") : first.text;
    if (word === "def" || word === "class") this.#block(tokens, word, indent);
    else if (word === "import" || word === "from") this.#imported(tokens);
    else this.#values(tokens);
  }

  #block(tokens: readonly Token[], word: string, indent: number): void {
    const at = tokens.findIndex(({ text }) => text === word) + 1;
    const name = tokens[at];
    if (name?.kind !== "name") return;
    this.#add(name, word === "def" ? "function" : "class");
    if (word === "class") return;
    this.#around.push({ name: name.text, indent });
    for (const [index, token] of tokens.entries()) {
      const before = tokens[index - 1]?.text ?? "";
      if (index > at && token.depth === 1 && token.kind === "name" && /^[(,*]+$/.test(before)) {
        this.#add(token, "parameter");
      }
    }
  }

  /** `import a.b as c`, `from a import b, c` */
  #imported(tokens: readonly Token[]): void {
    const from = tokens[0]?.text === "from";
    const names = from
      ? tokens.slice(tokens.findIndex(({ text }) => text === "import") + 1)
      : tokens.slice(1);
    for (const [at, token] of names.entries()) {
      const [before, next] = [names[at - 1]?.text ?? ",", names[at + 1]?.text ?? ""];
      if (token.kind !== "name" || token.text === "as" || next === "as") continue;
      if (before === "," || before === "as" || before === "(") this.#add(token, "import");
    }
  }

  /** Names in front of `=`, behind `for` and behind `as`. */
  #values(tokens: readonly Token[]): void {
    const equals = tokens.findIndex(
      ({ text, depth }) => depth === 0 && /^(?:[-+*/%]|\/\/|\*\*)?=$/.test(text),
    );
    let target = false;
    for (const [at, token] of tokens.entries()) {
      const [before, next] = [tokens[at - 1]?.text ?? "", tokens[at + 1]?.text ?? ""];
      if (token.text === "for") target = true;
      if (token.text === "in") target = false;
      if (token.kind !== "name" || before === "." || next === "." || token.text === "for") continue;
      const bound = target || before === "as" || next === ":=";
      const assigned =
        at < equals && token.depth === 0 && next !== "[" && next !== "(" && before !== ":";
      if (bound || assigned) this.#add(token, "value");
    }
  }

  #add({ text, line }: Token, kind: Definition["kind"]): void {
    this.#found.push({ name: text, line, inside: this.#around.at(-1)?.name ?? "", kind });
  }
}

/** The line above a fault that last gave a name its value, and the words behind `=`. */
export function assigned(fault: Fault, name: string): { line: number; value: string } | null {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return null;
  const pattern = new RegExp(`^\\s*${name}\\s*(?::[^=]*)?=(?!=)\\s*(.*)$`, "u");
  const lines = linesOf(textOf(fault));
  for (let line = Math.min(fault.line, lines.length); line > 0; line -= 1) {
    const found = line === fault.line ? null : pattern.exec(lines[line - 1] ?? "");
    if (found) return { line, value: found[1] ?? "" };
  }
  return null;
}

/** The names that a line of source uses, also within f-strings. */
export function namesOn(source: string): string[] {
  return wordsOn(source)
    .filter(({ kind }) => kind === "name")
    .map(({ text }) => text);
}

/** The words of a line, and behind each f-string those between its curly brackets. */
export function wordsOn(source: string): Token[] {
  return scan(source).tokens.flatMap((token) => {
    if (token.kind !== "string" || !/^(?:f|rf|fr)["']/i.test(token.text)) return [token];
    const fields = [...token.text.matchAll(/\{([^{}]+)\}/g)].map(([, field = ""]) => field);
    return [token, ...fields.flatMap((field) => scan(field).tokens)];
  });
}

/** Methods that change a value, and return nothing. */
const GIVES_NOTHING =
  /\.(append|sort|reverse|extend|insert|remove|clear|update|add|discard|shuffle|write)\(/;

/** Why a name is None: what the line says that gave it its value. */
export function whyNone(
  fault: Fault,
  name: string,
): { why: "method" | "print" | "function"; what: string; line: number } | null {
  const from = assigned(fault, name);
  if (!from) return null;
  const { line, value } = from;
  const method = GIVES_NOTHING.exec(value)?.[1];
  if (method) return { why: "method", what: method, line };
  if (/^print\s*\(/.test(value)) return { why: "print", what: "print", line };
  const called = /^([\p{L}_][\p{L}\p{N}_]*)\s*\(/u.exec(value)?.[1];
  return called && returnsNothing(fault, called)
    ? { why: "function", what: called, line: defined(fault, called) }
    : null;
}

/** The line calls one of the program's functions that returns nothing: `print(double(4) + 1)`. */
export function noneCall(fault: Fault): Explanation | null {
  const tokens = wordsOn(sourceOf(fault));
  const all = definitions(textOf(fault)).filter(({ kind }) => kind === "function");
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== "name" || tokens[at + 1]?.text !== "(") continue;
    const own = all.filter(({ name }) => name === text);
    const [only] = own;
    if (!only || own.length > 1 || !returnsNothing(fault, text)) continue;
    return say("none.function", { name: `${text}(…)`, what: text, line: only.line }, only.line);
  }
  return null;
}

function defined(fault: Fault, name: string): number {
  const all = definitions(textOf(fault));
  return all.find((one) => one.kind === "function" && one.name === name)?.line ?? fault.line;
}

/** Whether one of the file's functions has no `return` with a value. */
export function returnsNothing(fault: Fault, name: string): boolean {
  const lines = linesOf(textOf(fault));
  const start = lines.findIndex((line) =>
    new RegExp(`^\\s*(?:async\\s+)?def\\s+${name}\\b`, "u").test(line),
  );
  if (start < 0) return false;
  const indent = (lines[start] ?? "").search(/\S/);
  for (const [at, line] of lines.slice(start).entries()) {
    if (at > 0 && line.trim() !== "" && line.search(/\S/) <= indent) break;
    if (/(?:^|[:;])\s*(?:return\s+[^\s#]|yield\b)|=\s*\(?yield\b/.test(line)) return false;
  }
  return true;
}
