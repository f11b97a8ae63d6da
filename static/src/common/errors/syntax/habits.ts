import { type Explanation, say } from "../fault";
import type { Token } from "./scan";
import { KEYWORDS } from "./words";

type Statement = readonly Token[];

/** `for (i = 0; i < 10; i++)` */
export function loopOfC([first, second, ...rest]: Statement): Explanation | null {
  if (first?.text !== "for" || second?.text !== "(") return null;
  return rest.some(({ text }) => text === ";") ? say("syntax.foreign", { word: "for" }) : null;
}

/** `first-name = "Ada"` subtracts. */
export function hyphenated(statement: Statement): Explanation | null {
  const at = statement.findIndex(({ text }) => text === "=");
  const names = statement.slice(0, Math.max(at, 0));
  if (names.length < 3 || names.length % 2 === 0) return null;
  const right = names.every(({ kind, text }, index) =>
    index % 2 === 0 ? kind === "name" : text === "-",
  );
  if (!right || !touching(names)) return null;
  const [wrong, name] = ["-", "_"].map((sign) => joined(names, sign));
  return say("syntax.hyphen", { wrong: wrong ?? "", name: name ?? "" });
}

function touching(tokens: Statement): boolean {
  return tokens.every(
    ({ at, text }, index) =>
      index === tokens.length - 1 || tokens[index + 1]?.at === at + text.length,
  );
}

function joined(tokens: Statement, sign: string): string {
  const names = tokens.filter(({ kind }) => kind === "name");
  return names.map(({ text }) => text).join(sign);
}

/** `first name = "Ada"` */
export function spaceInName(statement: Statement): Explanation | null {
  const at = statement.findIndex(({ text }) => text === "=");
  const names = statement.slice(0, Math.max(at, 0));
  if (names.length < 2 || names.some(({ kind, text }) => kind !== "name" || KEYWORDS.has(text)))
    return null;
  return say("syntax.name_space", { wrong: joined(names, " "), name: joined(names, "_") });
}

/** `for i range(5):`, `for i = 1 to 10:`, `for name of names:` */
export function forWithoutIn(statement: Statement): Explanation | null {
  const [first, second] = statement;
  if (first?.text !== "for" || second?.kind !== "name" || KEYWORDS.has(second.text)) return null;
  const within = statement.some(({ text, depth }) => text === "in" && depth === first.depth);
  return within ? null : say("syntax.for_in");
}

/** `if x > 2 then:`, `while x < 3 do` */
export function thenWord(statement: Statement): Explanation | null {
  const word = statement[0]?.text ?? "";
  if (!/^(?:if|elif|while|for)$/.test(word)) return null;
  const found = statement.find(
    ({ kind, text, depth }, at) =>
      at > 1 &&
      kind === "name" &&
      depth === 0 &&
      /^(?:then|do)$/i.test(text) &&
      /^(?::|)$/.test(statement[at + 1]?.text ?? ""),
  );
  return found ? say("syntax.then", { word, extra: found.text }) : null;
}

/** `// a comment`, also behind a statement. */
export function commentOfC(statement: Statement): Explanation | null {
  const [first, second] = statement;
  const block = first?.text === "/" && (second?.text === "*" || second?.text === "**");
  if (block || first?.text === "//") return say("syntax.comment");
  const at = statement.findIndex(({ text }) => text === "//");
  const [one, two] = at < 0 ? [] : statement.slice(at + 1);
  const words = one?.kind === "name" && two?.kind === "name";
  return words && !KEYWORDS.has(two.text) ? say("syntax.comment") : null;
}

/** `x is > 3`, `x := 5`, `kind = x > 3 ? "a" : "b"` */
export function foreignSigns(statement: Statement): Explanation | null {
  const [first, second] = statement;
  if (first?.kind === "name" && second?.text === ":=") return say("syntax.walrus");
  const is = statement.findIndex(
    ({ text }, at) => text === "is" && /^[<>=!]=?$/.test(statement[at + 1]?.text ?? ""),
  );
  const sign = statement[is + 1]?.text ?? "";
  if (is >= 0) return say("syntax.is_compare", { sign: sign === "=" ? "==" : sign });
  return statement.some(({ text }) => text === "?") ? say("syntax.question") : null;
}

/** `import "math"`, `import my-helper` */
export function importedText([first, second, third]: Statement): Explanation | null {
  if (first?.text !== "import" && first?.text !== "from") return null;
  if (second?.kind === "string") return say("syntax.import_quotes");
  return second?.kind === "name" && third?.text === "-" ? say("syntax.import_hyphen") : null;
}

/** `except ValueError, error:` */
export function exceptComma([first, ...rest]: Statement): Explanation | null {
  if (first?.text !== "except") return null;
  return rest.some(({ text, depth }) => text === "," && depth === 0)
    ? say("syntax.except_comma")
    : null;
}

/** `match command` and `case "go"`, which are also names. */
export function softColon([first, second]: Statement, line: number): Explanation | null {
  const word = first?.text ?? "";
  const kind = second?.kind ?? "end";
  const begins = /^(?:match|case)$/.test(word) && /^(?:name|number|string)$/.test(kind);
  return begins ? say("syntax.colon", { word, line }) : null;
}
