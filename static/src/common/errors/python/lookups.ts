import { byRules, type Explanation, type Fault, type Rule, say, sourceOf, textOf } from "../fault";
import { mostSimilar } from "../similar";
import { scan } from "../syntax/scan";

const INDEX: readonly Rule[] = [
  [/^list index out of range/, (_, fault) => list(fault)],
  [/^list assignment index out of range|^assignment index out of range/, () => say("index.assign")],
  [/^string index out of range/, () => say("index.string")],
  [/^tuple index out of range/, () => say("index.list")],
  [/^pop from (?:an )?empty (?:list|deque)/, () => say("index.pop_empty")],
  [/^pop index out of range/, () => say("index.list")],
  [/^Cannot choose from an empty sequence/, () => say("index.choice")],
  [
    /^[Rr]eplacement index|^out of range: index \d+ but only|^tuple index out of range.*format/,
    () => say("index.format"),
  ],
  [/index out of range|out of bounds/, () => say("index.list")],
];

function list(fault: Fault): Explanation {
  // PyPy says the same of `numbers[3] = 1`.
  if (/^\s*[\w.]+\s*\[[^\]]*\]\s*=(?!=)/.test(sourceOf(fault))) return say("index.assign");
  if (argv(fault)) return say("index.argv");
  // Before Python 3.11 the module says no more than that.
  if (!fault.direct && /\bchoice\s*\(/.test(sourceOf(fault))) return say("index.choice");
  return say(isCounted(fault) ? "index.list_loop" : "index.list");
}

const INDEX_NAME = /\[\s*([\p{L}_][\p{L}\p{N}_]*)(?:\s*[-+]\s*\d+)?\s*\]/gu;

/** `numbers[i]`, where a loop counts with `i`. */
function isCounted(fault: Fault): boolean {
  const names = new Set([...sourceOf(fault).matchAll(INDEX_NAME)].map(([, name = ""]) => name));
  const text = textOf(fault);
  return [...names].some((name) => new RegExp(`\\bfor\\s+${name}\\s+in\\s+range\\b`).test(text));
}

function argv(fault: Fault): boolean {
  return /\bargv\b/.test(sourceOf(fault));
}

export function explainIndex(fault: Fault): Explanation | null {
  return byRules(INDEX, fault) ?? say("index.list");
}

/** The message of a KeyError is the key alone. */
export function explainKey(fault: Fault): Explanation {
  const { message } = fault;
  if (/^['"]?pop(?:item\(\))? from an empty|^['"]?popitem/.test(message))
    return say("key.pop_empty");
  const quoted = /^(['"])(.{0,100})\1$/s.exec(message)?.[2];
  const key = message.slice(0, 60);
  if (quoted === undefined) {
    if (!/^-?\d+$/.test(message)) return say("key.missing", { key });
    return say(stringKeys(fault) ? "key.type" : numberGiven(fault), { key });
  }
  if (/^\d+$/.test(quoted) && numberKeys(fault)) return say("key.type", { key });
  if (fault.direct && isFormatted(quoted, sourceOf(fault)))
    return say("key.format", { key: quoted });
  const similar = mostSimilar(quoted, strings(fault));
  if (similar?.trim() === quoted.trim() && similar !== quoted) return say("key.spaces", { key });
  return similar ? say("key.similar", { key, suggestion: similar }) : say("key.missing", { key });
}

/** `"{name}".format(age=…)` */
function isFormatted(key: string, source: string): boolean {
  return /\.format\s*\(/.test(source) && source.includes(`{${key}`);
}

/** `ages[0]`: a dictionary has no first value. */
function numberGiven(fault: Fault): "key.position" | "key.missing" {
  const literal = new RegExp(`\\[\\s*${fault.message}\\s*\\]`).test(sourceOf(fault));
  const others = /[{,]\s*-?\d+\s*:/.test(textOf(fault));
  return literal && !others ? "key.position" : "key.missing";
}

function stringKeys(fault: Fault): boolean {
  return new RegExp(`["']${fault.message}["']\\s*:`).test(textOf(fault));
}

function numberKeys(fault: Fault): boolean {
  return new RegExp(`[{,\\s]${fault.message.slice(1, -1)}\\s*:`).test(textOf(fault));
}

/** The texts that a file holds in quotes. */
function strings(fault: Fault): string[] {
  const all = scan(textOf(fault)).tokens.filter(({ kind }) => kind === "string");
  return all.map(({ text }) => text.replace(/^\w*["']|["']$/g, ""));
}
