// size: one table of the messages of all Pythons
import { type Explanation, type Fault, lineOf, type Rule, say, sourceOf, textOf } from "../fault";
import { definitions } from "../python/source";
import { mostSimilar } from "../similar";
import { equalsInBrackets } from "./conditions";
import { hyphenated, loopOfC } from "./habits";
import { lookalike } from "./lookalikes";
import { CLOSING, firstBefore, inCondition, openBracket, openString } from "./places";
import { scan, statementOf, type Token } from "./scan";

/** Messages that say what is wrong, of Python 3.9 to 3.14, PyPy and ruff. */
export const BY_MESSAGE: readonly Rule[] = [
  [/^f-string: (?:unmatched|expecting)/, () => say("syntax.fstring")],
  [/expected ['`]else['`] after/, () => say("syntax.else_missing")],
  [/inconsistent use of tabs|mixture of tabs|tabs and spaces/i, () => say("indent.tabs")],
  [/unindent does not match/i, (_, fault) => dedent(fault)],
  [/expected an indented block/i, (_, fault) => block(fault)],
  [/unexpected indent/i, (_, fault) => say("indent.unexpected", { line: fault.line })],
  [/triple-quoted|triple quoted/i, (_, fault) => openString(fault, true)],
  [
    /unterminated|EOL while scanning|end of line \(EOL\)|closing quote/i,
    (_, fault) => fstring(fault) ?? openString(fault, false),
  ],
  [
    /closing parenthesis '(.)' does not match opening parenthesis '(.)'(?: on line (\d+))?/,
    ([, close = "", open = "", line], fault) =>
      mixed(open, close, Number(line ?? fault.line), fault),
  ],
  [/never closed/, (_, fault) => openBracket(fault)],
  [
    /unmatched '(.)'|unmatched (\S)/i,
    ([, close, other], fault) =>
      say("syntax.bracket_extra", { close: close ?? other ?? ")", line: fault.line }),
  ],
  [/Missing parentheses in call to '(\w+)'/, ([, name = "print"]) => say("syntax.print", { name })],
  [
    /cannot (?:assign to|delete) (True|False|None|__debug__)/,
    ([, word = ""]) => say("syntax.assign_constant", { word }),
  ],
  [/Maybe you meant '==' (?:or ':=' )?instead of '='/, (_, fault) => equals(fault)],
  [/cannot assign to|can't assign to|Invalid assignment target/i, (_, fault) => equals(fault)],
  [/'?return'? (?:outside|statement outside)/i, () => say("syntax.return")],
  [
    /['`]?(break|continue)['`]? (?:outside|not properly)/i,
    ([, word = ""]) => say("syntax.loop_only", { word }),
  ],
  [
    /['`](yield|await|async with|async for)['`].* outside/i,
    ([, word = ""]) => say("syntax.function_only", { word }),
  ],
  [/leading zeros|leading zero/i, () => say("syntax.leading_zero")],
  [/invalid (?:decimal|hexadecimal|octal|binary) literal/i, (_, fault) => number(fault)],
  [
    /invalid (?:non-printable )?character(?: in identifier)?(?: '(.)')?(?: \(?(U\+[0-9A-F]+))?/iu,
    ([, sign, code], fault) => character(sign, code, fault),
  ],
  [/Got unexpected token (.)/u, ([, sign], fault) => character(sign, undefined, fault)],
  [/from \.\.\. import \.\.\./, () => say("syntax.import_from")],
  [/unicodeescape|unicode error|unexpected unicode/i, () => say("syntax.unicode_escape")],
  [/line continuation/i, () => say("syntax.continuation")],
  [
    /non-default argument follows|parameter without a default|without a default cannot follow/i,
    () => say("syntax.default_order"),
  ],
  [/positional argument (?:follows|cannot follow)/i, () => say("syntax.argument_order")],
  [
    /(?:duplicate (?:keyword )?(?:argument|parameter)|keyword argument repeated:?) ['"`]?(\w+)/i,
    ([, name = ""]) => say("syntax.argument_twice", { name }),
  ],
  [
    /name ['`](\w+)['`] is (?:assigned to|used) (?:before|prior to) global/,
    ([, name = ""]) => say("syntax.global_late", { name }),
  ],
  [
    /name ['`](\w+)['`] is parameter and global/,
    ([, name = ""]) => say("syntax.global_parameter", { name }),
  ],
  [/expected ['`]except['`] or ['`]finally['`]/i, (_, fault) => tryAlone(fault)],
  [/f-string/i, () => say("syntax.fstring")],
  [/makes remaining patterns unreachable/, () => say("syntax.match_name")],
  [/multiple exception types must be|exception group must be/i, () => say("syntax.except_comma")],
  [/too many nested|too many statically nested/, () => say("syntax.nested")],
  [/'elif' block follows an 'else' block/, () => say("syntax.elif_late")],
  [/Did you mean ['`](\w+)['`]/, ([, suggestion = ""], fault) => misspelt(suggestion, fault)],
];

/** A bracket of a line above was rather forgotten than closed by another one. */
function mixed(open: string, close: string, line: number, fault: Fault): Explanation {
  if (line === fault.line) return say("syntax.bracket_mixed", { open, close, line });
  return say("syntax.bracket_open", { open, close: CLOSING[open] ?? close, line }, line);
}

/** From the line above that the block was to follow. */
function block(fault: Fault): Explanation {
  const head = firstBefore(fault, (line) => /:\s*(?:#.*)?$/.test(line));
  return head === null
    ? say("indent.expected_here", { line: fault.line })
    : say("indent.expected", { head, line: fault.line });
}

function dedent(fault: Fault): Explanation {
  const [here, above] = [sourceOf(fault), firstBefore(fault, (line) => /^\s/.test(line))];
  const other = above === null ? "" : lineOf(textOf(fault), above);
  // Ruff counts a tab as so many columns.
  if (/^ *\t/.test(here) !== /^ *\t/.test(other) && other !== "" && /^\s/.test(here)) {
    return say("indent.tabs");
  }
  return say("indent.dedent", { line: fault.line });
}

/** All strings end, so what does not is a curly bracket. */
function fstring(fault: Fault): Explanation | null {
  const ends = scan(textOf(fault)).unfinished.every(({ line }) => line > fault.line);
  return ends && /\bf["'][^"']*[{}]/i.test(sourceOf(fault)) ? say("syntax.fstring") : null;
}

/** `x-y = 3` of two variables is no name with a hyphen. */
function hasUnknown(statement: readonly Token[], fault: Fault): boolean {
  const others = definitions(textOf(fault)).filter(({ line }) => line !== fault.line);
  const known = new Set(others.map(({ name }) => name));
  const end = statement.findIndex(({ text }) => text === "=");
  return statement.slice(0, end).some(({ kind, text }) => kind === "name" && !known.has(text));
}

function equals(fault: Fault): Explanation {
  const statement = statementOf(scan(textOf(fault)), fault.line);
  const other = (hasUnknown(statement, fault) ? hyphenated(statement) : null) ?? loopOfC(statement);
  if (other) return other;
  const inside = equalsInBrackets(statement);
  if (inside) return inside;
  return inCondition(fault) ? say("syntax.equals") : say("syntax.assign_to");
}

function number(fault: Fault): Explanation {
  const found = /(?<![\w.])(\d[\d_]*)([\p{L}_]\w*)/u.exec(sourceOf(fault));
  if (found) return say("syntax.number", { name: found[0] ?? "" });
  // Python 3.10 says so of `2：`.
  const signs = scan(sourceOf(fault)).tokens.filter(({ kind }) => kind === "sign");
  const other = signs.find(({ text }) => lookalike(text) !== null);
  return other ? character(other.text, undefined, fault) : say("syntax.number_odd");
}

const QUOTES = /[\u2018-\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d\u00b4`]/u;
const UNSEEN = /[\u0080-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]/u;

function character(sign: string | undefined, code: string | undefined, fault: Fault): Explanation {
  const value = code === undefined ? undefined : Number.parseInt(code.slice(2), 16);
  const known = value !== undefined && value <= 0x10ffff ? String.fromCodePoint(value) : sign;
  const shown = known ?? /[^\p{ASCII}]/u.exec(sourceOf(fault))?.[0] ?? "";
  if (shown === "?") return say("syntax.question");
  if (QUOTES.test(shown)) return say("syntax.quotes", { character: shown });
  const instead = lookalike(shown);
  if (instead) return say("syntax.lookalike", { character: shown, instead });
  if (UNSEEN.test(shown)) return say("syntax.unseen", { code: code ?? codeOf(shown) });
  return say("syntax.character", { character: shown });
}

function codeOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function tryAlone(fault: Fault): Explanation {
  const word = /^\s*(\w+)/.exec(sourceOf(fault))?.[1] ?? "";
  const suggestion = mostSimilar(word, ["except", "finally"]);
  if (suggestion) return say("syntax.word", { word, suggestion });
  const line = firstBefore(fault, (text) => /^\s*try\s*:/.test(text));
  return line === null
    ? say("syntax.try_alone", { line: fault.line })
    : say("syntax.try_alone", { line }, line);
}

function misspelt(suggestion: string, fault: Fault): Explanation {
  const line = lineOf(textOf(fault), fault.line);
  const word = /^\s*(\w+)/.exec(line)?.[1] ?? "";
  return say("syntax.word", { word, suggestion });
}
