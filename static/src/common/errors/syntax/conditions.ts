import { type Explanation, say } from "../fault";
import type { Token } from "./scan";
import { BLOCK_WORDS, KEYWORDS } from "./words";

type Statement = readonly Token[];

const COMPARISONS = /^(?:[<>]=?|[=!]=)$/;
const OPERATORS = /^(?:[-+*/%<>]|\*\*|\/\/|[<>=!]=)$/;
/** No sign of these can stand in front of a value. */
const BETWEEN = /^(?:[*/%<>]|\*\*|\/\/|[<>=!]=)$/;

/** `if age > 5 and < 18:` */
export function halfComparison(statement: Statement): Explanation | null {
  const at = statement.findIndex(
    ({ kind, text }, index) =>
      kind === "name" &&
      /^(?:and|or)$/.test(text) &&
      COMPARISONS.test(textAt(statement, index + 1)),
  );
  if (at < 0) return null;
  const names = statement.slice(0, at).filter((token, index) => index > 0 || token.text !== "if");
  const [compared] = names
    .filter(({ kind }, index) => kind === "name" && COMPARISONS.test(names[index + 1]?.text ?? ""))
    .slice(-1);
  const [word, sign] = [textAt(statement, at), textAt(statement, at + 1)];
  return say("syntax.half_comparison", { word, sign, name: compared?.text ?? "x" });
}

/** `else age > 5:` */
export function elseCondition(statement: Statement): Explanation | null {
  const ends = statement.at(-1)?.text === ":";
  return textAt(statement, 0) === "else" && textAt(statement, 1) !== ":" && ends
    ? say("syntax.else_condition")
    : null;
}

/** `elif:` */
export function conditionMissing(statement: Statement): Explanation | null {
  const word = textAt(statement, 0);
  return /^(?:if|elif|while)$/.test(word) && textAt(statement, 1) === ":"
    ? say("syntax.condition_missing", { word })
    : null;
}

/** `if x: print(1) else: print(2)` */
export function blocksInOneLine(statement: Statement): Explanation | null {
  const colon = statement.findIndex(({ text, depth }) => text === ":" && depth === 0);
  const later = statement.findIndex(
    ({ kind, text, depth }, at) =>
      at > colon + 1 &&
      colon > 0 &&
      kind === "name" &&
      depth === 0 &&
      isBranch(text, statement, at),
  );
  return later < 0 ? null : say("syntax.one_line", { word: textAt(statement, later) });
}

function isBranch(word: string, statement: Statement, at: number): boolean {
  if (word === "elif" || word === "except") return true;
  return /^(?:else|finally)$/.test(word) && textAt(statement, at + 1) === ":";
}

/** `word = "large" if x > 2` */
export function elseMissing(statement: Statement): Explanation | null {
  const at = statement.findIndex(({ kind, text }) => kind === "name" && text === "if");
  if (at <= 0 || statement.some(({ text }) => /^(?:else|for|case)$/.test(text))) return null;
  return say("syntax.else_missing");
}

/** `{"Ada" = 36}`, `(b = 2)` */
export function equalsInBrackets(statement: Statement): Explanation | null {
  const open: { readonly text: string; calls: boolean }[] = [];
  for (const [at, { kind, text }] of statement.entries()) {
    const around = open.at(-1);
    // Its parameters may have values.
    if (text === "lambda" && around) around.calls = true;
    if (kind !== "sign") continue;
    if ("([{".includes(text)) open.push({ text, calls: isCalled(statement[at - 1]) });
    else if (")]}".includes(text)) open.pop();
    if (text !== "=" || open.length === 0) continue;
    const last = open.at(-1);
    if (last?.text === "{") return say("syntax.braces_equals");
    if (last?.text === "(" && !last.calls) return say("syntax.assign_inside");
  }
  return null;
}

/** What stands in front of round brackets: of a function, a call or an index. */
function isCalled(before: Token | undefined): boolean {
  if (!before) return false;
  if (before.kind === "name") return !KEYWORDS.has(before.text);
  return before.kind === "string" || /^[)\]]$/.test(before.text);
}

/** `global count = 1` */
export function globalValue(statement: Statement): Explanation | null {
  const word = textAt(statement, 0);
  if (!/^(?:global|nonlocal)$/.test(word)) return null;
  const equals = statement.findIndex(({ text }) => /^[-+*/]?=$/.test(text));
  if (equals < 0) return null;
  return say("syntax.global_value", { word, name: textAt(statement, equals - 1) });
}

/** `lambda x: return x` */
export function returnInLambda(statement: Statement): Explanation | null {
  const lambda = statement.findIndex(({ text }) => text === "lambda");
  const within = statement.findIndex(({ text }, at) => at > lambda && text === "return");
  return lambda >= 0 && within >= 0 ? say("syntax.lambda_return") : null;
}

/** `5 +* 3` */
export function operatorsInARow(statement: Statement): Explanation | null {
  const at = statement.findIndex(
    ({ kind, text }, index) =>
      kind === "sign" && OPERATORS.test(text) && BETWEEN.test(textAt(statement, index + 1)),
  );
  if (at < 0) return null;
  return say("syntax.operators", {
    before: textAt(statement, at),
    after: textAt(statement, at + 1),
  });
}

/** `round(3.14; 2)` */
export function semicolonInside(statement: Statement): Explanation | null {
  return statement.some(({ text, depth }) => text === ";" && depth > 0)
    ? say("syntax.semicolon")
    : null;
}

/** `print(x):` */
export function colonTooMuch(statement: Statement): Explanation | null {
  const word = textAt(statement, 0);
  const last = statement.at(-1);
  if (last?.text !== ":" || last.depth > 0 || /^(?:match|case|async)$/.test(word)) return null;
  const others = statement.filter(({ text, depth }) => text === ":" && depth === 0).length > 1;
  return others || !BLOCK_WORDS.has(word) ? say("syntax.colon_extra") : null;
}

/** `"He said "yes" to me"`: the text ends at the second mark. */
export function quoteInside(statement: Statement): Explanation | null {
  const found = statement.some((token, at) => {
    const [name, next] = [statement[at + 1], statement[at + 2]];
    if (token.kind !== "string" || !token.text.endsWith('"') || token.text.endsWith('"""'))
      return false;
    return (
      name?.kind === "name" &&
      name.at === token.at + token.text.length &&
      (next === undefined || next.kind === "name" || next.kind === "string")
    );
  });
  return found ? say("syntax.quote_inside") : null;
}

function textAt(statement: Statement, at: number): string {
  const token = statement[at];
  return token && token.kind !== "string" ? token.text : "";
}
