import { type Explanation, type Fault, say, sourceOf, textOf } from "../fault";
import type { Token } from "../syntax/scan";
import { BUILTINS } from "./known";
import { definitions, wordsOn } from "./source";

/** The type of a value that Python cannot use: in quotes, or the last word of a message. */
const OF_FUNCTION =
  /(?:['"]|not |item \d+: .* |type |to |non-iterable )(?:builtin_function(?:_or_method)?|function|method)\b/;
/** In these messages brackets are not what is missing. */
const OTHERS = /subscriptable|not callable|item (?:assignment|deletion)|context manager/;
const OF_COROUTINE = /\bcoroutine\b/;

/** The value of an expression is a function that was to be called: `names.sort` for `names.sort()`. */
export function uncalled(fault: Fault): Explanation | null {
  const { message } = fault;
  if (OF_COROUTINE.test(message)) return say("type.await");
  if (!OF_FUNCTION.test(message) || OTHERS.test(message)) return null;
  const name = forgottenCall(fault);
  return name === null ? null : say("type.call_missing", { name });
}

/** The first function in a line that no round bracket follows. */
function forgottenCall(fault: Fault): string | null {
  const tokens = wordsOn(sourceOf(fault));
  const own = definitions(textOf(fault)).filter(({ kind }) => kind === "function");
  const known = new Set([...own.map(({ name }) => name), ...BUILTINS]);
  const named = tokens.filter((token, at) => isPlain(token, tokens[at + 1]));
  const member = (token: Token) => tokens[tokens.indexOf(token) - 1]?.text === ".";
  const found = named.find((token) => member(token) || known.has(token.text));
  return found?.text ?? null;
}

function isPlain({ kind }: Token, next: Token | undefined): boolean {
  return kind === "name" && next?.text !== "(" && next?.text !== ".";
}
