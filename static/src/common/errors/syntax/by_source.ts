// size: one list of checks of a statement, in their order
import { type Explanation, type Fault, lineOf, say, sourceOf, textOf } from "../fault";
import { BUILTINS } from "../python/known";
import { mostSimilar } from "../similar";
import {
  blocksInOneLine,
  colonTooMuch,
  conditionMissing,
  elseCondition,
  elseMissing,
  equalsInBrackets,
  globalValue,
  halfComparison,
  operatorsInARow,
  quoteInside,
  returnInLambda,
  semicolonInside,
} from "./conditions";
import {
  commentOfC,
  exceptComma,
  foreignSigns,
  forWithoutIn,
  importedText,
  loopOfC,
  softColon,
  spaceInName,
  thenWord,
} from "./habits";
import { firstBefore, isCondition, openBracket, openString } from "./places";
import { type Scan, scan, statementOf, type Token } from "./scan";
import { BLOCK_WORDS, FOREIGN_WORDS, KEYWORDS, OPERATOR_WORDS, VALUE_WORDS } from "./words";

type Statement = readonly Token[];
type Check = (statement: Statement, fault: Fault) => Explanation | null;

/** What is wrong by the source alone: older Pythons call nearly everything "invalid syntax". */
export function explainSource(fault: Fault): Explanation | null {
  const scanned = scan(textOf(fault));
  const whole = openString(fault, false, unfinishedOnly(scanned, fault));
  if (whole && scanned.unfinished.some(({ line }) => line <= fault.line)) return whole;
  return (
    wrongBracket(scanned, fault) ??
    ofStatement(scanned, fault.line, fault) ??
    tryAbove(fault) ??
    openBracket(fault, scanned) ??
    ofLineAbove(scanned, fault)
  );
}

function unfinishedOnly(scanned: Scan, fault: Fault): Scan {
  return { ...scanned, unfinished: scanned.unfinished.filter(({ line }) => line <= fault.line) };
}

/** A `try` whose block ends in front of the line, which is neither `except` nor `finally`. */
function tryAbove(fault: Fault): Explanation | null {
  const indent = indentOf(sourceOf(fault));
  const line = firstBefore(fault, (text) => indentOf(text) <= indent);
  if (line === null) return null;
  const above = lineOf(textOf(fault), line);
  const alone = /^\s*try\s*:/.test(above) && indentOf(above) === indent;
  return alone ? say("syntax.try_alone", { line }, line) : null;
}

function indentOf(line: string): number {
  return line.search(/\S|$/);
}

function wrongBracket({ wrong }: Scan, { line }: Fault): Explanation | null {
  const found = wrong.find(({ close }) => close.line === line);
  if (!found) return null;
  const { close, open } = found;
  return open
    ? say("syntax.bracket_mixed", { open: open.text, close: close.text, line })
    : say("syntax.bracket_extra", { close: close.text, line });
}

/** The missing end of a statement is found in the next line. */
function ofLineAbove(scanned: Scan, fault: Fault): Explanation | null {
  const line = firstBefore(fault, () => true);
  if (line === null) return null;
  const found = colon(whatIsOn(scanned, line), fault);
  return found && { ...found, line };
}

function ofStatement(scanned: Scan, line: number, fault: Fault): Explanation | null {
  const statement = whatIsOn(scanned, line);
  for (const check of CHECKS) {
    const found = check(statement, fault);
    if (found) return found;
  }
  return null;
}

/** A bracket that nothing closes makes one statement of all that follows: then only the line counts. */
function whatIsOn(scanned: Scan, line: number): Statement {
  const statement = statementOf(scanned, line);
  const open = scanned.open[0];
  if (!open || (statement[0]?.line ?? line) > line) return statement;
  return statement.some(({ at }) => at === open.at)
    ? statement.filter((token) => token.line === line)
    : statement;
}

const FUNCTIONS: ReadonlySet<string> = new Set(BUILTINS.filter((name) => /^[a-z]/.test(name)));

const CHECKS: readonly Check[] = [
  printed,
  elseIf,
  importFrom,
  loopOfC,
  foreign,
  commentOfC,
  foreignSigns,
  signs,
  keyword,
  importedText,
  exceptComma,
  thenWord,
  forWithoutIn,
  softMatch,
  semicolonInside,
  returnInLambda,
  globalValue,
  equalsInBrackets,
  halfComparison,
  operatorsInARow,
  condition,
  conditionMissing,
  brackets,
  misspelt,
  elseCondition,
  colon,
  blocksInOneLine,
  alone,
  numbers,
  colonTooMuch,
  quoteInside,
  elseMissing,
  called,
  spaceInName,
  sideBySide,
  incomplete,
];

function printed([first, second]: Statement): Explanation | null {
  if (first?.kind !== "name" || (first.text !== "print" && first.text !== "exec")) return null;
  return second && isOperand(second) ? say("syntax.print", { name: first.text }) : null;
}

function elseIf([first, second]: Statement): Explanation | null {
  if (first?.text === "elseif" || first?.text === "elsif") return say("syntax.else_if");
  return first?.text === "else" && second?.text === "if" ? say("syntax.else_if") : null;
}

function importFrom(statement: Statement): Explanation | null {
  if (statement[0]?.text !== "import") return null;
  return statement.some(({ text }) => text === "from") ? say("syntax.import_from") : null;
}

function foreign([first, second]: Statement): Explanation | null {
  const word = first?.text ?? "";
  const begins =
    FOREIGN_WORDS.has(word.toLowerCase()) && (second?.kind === "name" || second === undefined);
  return begins ? say("syntax.foreign", { word }) : null;
}

/** Operators of other languages, and some in the wrong order. */
function signs(statement: Statement): Explanation | null {
  for (const [at, token] of statement.entries()) {
    const next = statement[at + 1];
    const { text } = token;
    if (token.kind !== "sign") continue;
    if (text === "&&" || text === "||") {
      return say("syntax.and_or", { sign: text, word: text === "&&" ? "and" : "or" });
    }
    const [last] = statement.slice(-1);
    if ((text === "++" || text === "--") && (token === last || at === 0)) {
      const name = statement[at === 0 ? 1 : at - 1]?.text ?? "x";
      return say("syntax.increment", { sign: text, name, short: `${name} ${text[0]}= 1` });
    }
    if (text === "<" && next?.text === ">" && touch(token, next)) {
      return say("syntax.comparison", { wrong: "<>", right: "!=" });
    }
    if (text === "=" && next && /^[<>!]=?$/.test(next.text) && touch(token, next)) {
      return say("syntax.comparison", { wrong: `=${next.text}`, right: `${next.text[0]}=` });
    }
    if (text === "==" && next?.text === "=" && touch(token, next)) {
      return say("syntax.comparison", { wrong: "===", right: "==" });
    }
    if (text === "!" && next) return say("syntax.not");
  }
  return null;
}

function touch(a: Token, b: Token): boolean {
  return a.at + a.text.length === b.at;
}

/** `class = "7b"`, `def print.x`, `for class in …` */
function keyword(statement: Statement): Explanation | null {
  for (const [at, token] of statement.entries()) {
    const [before, next] = [statement[at - 1]?.text ?? "", statement[at + 1]?.text ?? ""];
    if (token.kind !== "name" || !KEYWORDS.has(token.text)) continue;
    const assigned = at === 0 && /^(?:[-+*/]?=)$/.test(next);
    const named = before === "def" || before === "class" || (before === "for" && next === "in");
    const member = before === ".";
    if (assigned || named || member) return say("syntax.keyword", { word: token.text });
  }
  return null;
}

function condition([first, ...rest]: Statement): Explanation | null {
  if (!first || !isCondition(first)) return null;
  const outside = rest.find(({ text, depth }) => text === "=" && depth === first.depth);
  return outside ? say("syntax.equals") : null;
}

function brackets(statement: Statement): Explanation | null {
  const [first, name, third] = statement;
  if (first?.text !== "def" || name?.kind !== "name") return null;
  if (third?.kind === "name") return say("syntax.def_parameters", { name: name.text });
  return third === undefined || third.text === ":"
    ? say("syntax.def_brackets", { name: name.text })
    : null;
}

/** `If x:`, `Return x`: a name where only a keyword can stand. */
function misspelt([first, second, ...rest]: Statement): Explanation | null {
  if (first?.kind !== "name" || KEYWORDS.has(first.text) || !second) return null;
  const joined = second.kind === "sign" && !/^[:]$/.test(second.text);
  if (joined) return null;
  if (second.kind !== "sign" && !isOperand(second) && second.text !== "not") return null;
  // `form math import sqrt`
  const imports = rest.some(({ text }) => text === "import");
  const suggestion = mostSimilar(first.text, imports ? ["from"] : [...KEYWORDS, "print"]);
  if (suggestion === null || VALUE_WORDS.has(suggestion)) return null;
  if (second.text === ":" && !/^(?:else|try|finally|except)$/.test(suggestion)) return null;
  return say("syntax.word", { word: first.text, suggestion });
}

function colon(statement: Statement, fault: Fault): Explanation | null {
  const [first] = statement;
  const word = first?.text === "async" ? statement[1]?.text : first?.text;
  if (!first || word === undefined || !BLOCK_WORDS.has(word)) return null;
  const has = statement.some(({ text, depth }) => text === ":" && depth === first.depth);
  return has
    ? null
    : say("syntax.colon", { word, line: first.line }, lineIfOther(first.line, fault));
}

/** Only if Python says so: these words are also names. */
function softMatch(statement: Statement, { message, line }: Fault): Explanation | null {
  if (!/expected ['`]?:/i.test(message)) return null;
  if (statement.some(({ text, depth }) => text === ":" && depth === 0)) return null;
  return softColon(statement, line);
}

function lineIfOther(line: number, fault: Fault): number | undefined {
  return line === fault.line ? undefined : line;
}

/** `else:` without an `if` in front of it. */
function alone([first]: Statement): Explanation | null {
  const word = first?.text ?? "";
  return /^(?:else|elif|except|finally)$/.test(word) ? say("syntax.alone", { word }) : null;
}

function numbers(statement: Statement): Explanation | null {
  for (const [at, token] of statement.entries()) {
    const next = statement[at + 1];
    if (/^0[0-9]*[1-9]/.test(token.text) && token.kind === "number") {
      return say("syntax.leading_zero");
    }
    if (token.kind !== "number" || next?.kind !== "name" || !touch(token, next)) continue;
    // `1if x else 2`
    if (OPERATOR_WORDS.has(next.text)) continue;
    return say("syntax.number", { name: `${token.text}${next.text}` });
  }
  return null;
}

/** `range 5`, `len names` */
function called(statement: Statement): Explanation | null {
  const found = statement.find(({ kind, text }, at) => {
    const next = statement[at + 1];
    const isFunction = kind === "name" && FUNCTIONS.has(text);
    return isFunction && statement[at - 1]?.text !== "." && next && isOperand(next);
  });
  return found ? say("syntax.print", { name: found.text }) : null;
}

/** Two values without a comma or an operator in between. */
function sideBySide(statement: Statement, fault: Fault): Explanation | null {
  // `match command:` and `case [x, y]:`
  if (/^(?:match|case)$/.test(statement[0]?.text ?? "") && statement.at(-1)?.text === ":")
    return null;
  for (const [at, token] of statement.entries()) {
    const next = statement[at + 1];
    if (!next || !endsOperand(token) || !isOperand(next)) continue;
    if (token.kind === "string" && next.kind === "string") continue;
    const values = { before: shortened(token.text), after: shortened(next.text) };
    const text = next.depth > 0 ? "syntax.comma" : "syntax.side_by_side";
    return say(text, values, lineIfOther(token.line, fault));
  }
  return null;
}

function isOperand({ kind, text }: Token): boolean {
  if (kind === "name") return !KEYWORDS.has(text) || VALUE_WORDS.has(text);
  return kind === "number" || kind === "string";
}

function endsOperand(token: Token): boolean {
  return isOperand(token) || token.text === ")" || token.text === "]";
}

function shortened(text: string): string {
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}

/** `x = `, `print(1 +)` */
function incomplete(statement: Statement): Explanation | null {
  const ends = statement.at(-1)?.text === ":" && BLOCK_WORDS.has(statement[0]?.text ?? "");
  const last = statement.at(ends ? -2 : -1);
  if (!last || (ends && last === statement[0])) return null;
  // `from math import *`
  if (last.text === "*" && statement.at(-2)?.text === "import") return null;
  const sign =
    last.kind === "sign" && /^(?:[-+*/%=<>.,&|^]|[-+*/<>=!]=|\*\*|\/\/)$/.test(last.text);
  const word = last.kind === "name" && OPERATOR_WORDS.has(last.text) && last.text !== "async";
  return (sign && last.text !== ",") || word ? say("syntax.incomplete", { last: last.text }) : null;
}
