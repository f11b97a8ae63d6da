import { type Explanation, type Fault, linesOf, say, sourceOf, textOf } from "../fault";
import { mostSimilar } from "../similar";
import { scan } from "../syntax/scan";
import { BUILTINS, CONSTANTS, FOREIGN_NAMES, HOME_OF, MODULES, PYTHON_2 } from "./known";
import { type Definition, definitions } from "./source";

/** Of a NameError. */
export function explainName(fault: Fault): Explanation | null {
  const name = /name '([^']{1,100})' is not defined/.exec(fault.message)?.[1];
  if (name === undefined) return null;
  const known = definitions(textOf(fault));
  const constant = CONSTANTS.get(name);
  if (constant) return say("name.constant", { name, constant });
  const instead = known.some((one) => one.name === name) ? undefined : PYTHON_2.get(name);
  if (instead) return say("name.python_2", { name, instead });
  if (isCompared(name, fault)) return say("name.assign", { name });
  if (name === "self") return say("name.self_unknown");
  if (inComment(name, fault)) return say("syntax.comment");
  const alike = mostSimilar(
    name,
    known.map((one) => one.name),
  );
  const own = alike !== null || known.some((one) => one.name === name);
  const foreign = own ? null : foreignName(name, fault);
  if (foreign) return say("name.foreign", { name, instead: foreign });
  return (
    moduleOf(name, fault) ??
    ofSelf(name, fault) ??
    definedElsewhere(name, known, fault) ??
    ofHome(name, known) ??
    similar(name, known, fault) ??
    unknown(name, fault)
  );
}

/** `total == 0` as a line of its own. */
function isCompared(name: string, fault: Fault): boolean {
  const statement = new RegExp(`^\\s*${escaped(name)}\\s*==(?!=)`, "u");
  return statement.test(sourceOf(fault));
}

/** `console.log(x)`, `cout << x`, `length(x)`: as a variable the name means nothing. */
function foreignName(name: string, fault: Fault): string | null {
  const { tokens } = scan(sourceOf(fault));
  const next = tokens[tokens.findIndex(({ text }) => text === name) + 1]?.text ?? "";
  return /^(?:[(.]|<<|>>)$/.test(next) ? (FOREIGN_NAMES.get(name) ?? null) : null;
}

/** `x = 5 // this is x` divides. */
function inComment(name: string, fault: Fault): boolean {
  const { tokens } = scan(sourceOf(fault));
  const at = tokens.findIndex(({ text }) => text === "//");
  const words = tokens.slice(at + 1).filter(({ kind }) => kind === "name");
  return at >= 0 && words.length > 1 && words.some(({ text }) => text === name);
}

/** `import random as r`, `from math import sqrt`: the module's own name means nothing then. */
function importedOtherwise(name: string, fault: Fault): Explanation | null {
  const lines = linesOf(textOf(fault));
  const alias = new RegExp(`^\\s*import\\s.*\\b${name}\\s+as\\s+([\\p{L}_][\\p{L}\\p{N}_]*)`, "u");
  const parts = new RegExp(`^\\s*from\\s+${name}\\s+import\\b`);
  for (const [at, text] of lines.entries()) {
    const short = alias.exec(text)?.[1];
    if (short) return say("name.alias", { name, alias: short, line: at + 1 });
    if (parts.test(text)) return say("name.parts", { name, line: at + 1 });
  }
  return null;
}

function moduleOf(name: string, fault: Fault): Explanation | null {
  const told = /forget to import '(\w+)'/.exec(fault.message)?.[1];
  const used = MODULES.has(name) && new RegExp(`(?<![\\w.])${name}\\s*\\.`).test(sourceOf(fault));
  if (!told && !used) return null;
  return importedOtherwise(told ?? name, fault) ?? say("name.import", { name: told ?? name });
}

/** The object has it: `self.` is missing. */
function ofSelf(name: string, fault: Fault): Explanation | null {
  if (/Did you mean: 'self\./.test(fault.message)) return say("name.self", { name });
  if (!/^\w+$/.test(name)) return null;
  const text = textOf(fault);
  const method = new RegExp(
    `^[ \\t]+def\\s+${fault.inside.replace(/\W/g, "")}\\s*\\(\\s*self\\b`,
    "m",
  );
  const member = new RegExp(`\\bself\\.${name}\\b|^[ \\t]+def\\s+${name}\\s*\\(\\s*self\\b`, "m");
  return method.test(text) && member.test(text) ? say("name.self", { name }) : null;
}

function definedElsewhere(
  name: string,
  known: readonly Definition[],
  fault: Fault,
): Explanation | null {
  const own = known.filter((one) => one.name === name);
  const inside = fault.inside === "<module>" ? "" : fault.inside;
  const outer = own.find((one) => one.inside === "" && one.kind !== "parameter");
  if (outer?.line === fault.line && inside === "") return say("name.first_value", { name });
  if (outer) {
    return outer.line > fault.line || inside !== ""
      ? say("name.later", { name, line: outer.line })
      : say("name.not_reached", { name, line: outer.line });
  }
  const local = own.find((one) => one.inside !== inside);
  if (local) return say("name.elsewhere", { name, function: local.inside, line: local.line });
  return null;
}

/** `randint` instead of `random.randint`. */
function ofHome(name: string, known: readonly Definition[]): Explanation | null {
  const module = HOME_OF.get(name);
  if (!module) return null;
  const imported = known.some((one) => one.kind === "import" && one.name === module);
  return say(imported ? "name.from_module" : "name.in_module", { name, module });
}

function similar(name: string, known: readonly Definition[], fault: Fault): Explanation | null {
  const inside = fault.inside === "<module>" ? "" : fault.inside;
  const own = known.filter((one) => one.inside === "" || one.inside === inside);
  const names = [...own.map((one) => one.name), ...BUILTINS];
  // PyPy proposes names without quotes, and anything.
  const told = /Did you mean: '(\w{1,100})'/.exec(fault.message)?.[1];
  const suggestion = mostSimilar(name, names) ?? told;
  if (!suggestion) return null;
  const text = suggestion.toLowerCase() === name.toLowerCase() ? "name.case" : "name.similar";
  return say(text, { name, suggestion });
}

function unknown(name: string, fault: Fault): Explanation {
  const source = sourceOf(fault);
  const at = source.search(
    new RegExp(`(?<![\\p{L}\\p{N}_.])${escaped(name)}(?![\\p{L}\\p{N}_])`, "u"),
  );
  const [before, after] = [source.slice(0, at), source.slice(at + name.length).trimStart()];
  if (after.startsWith("(")) return say("name.function", { name });
  if (at >= 0 && !/^[.[]/.test(after) && /(?:[(,=+]|==|!=|\bin|\breturn)\s*$/.test(before)) {
    return say("name.quotes", { name });
  }
  return say("name.unknown", { name });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** Of an UnboundLocalError: a name that a function gives a value, but later or not always. */
export function explainUnbound(fault: Fault): Explanation | null {
  const name = /variable '([^']{1,100})'/.exec(fault.message)?.[1];
  if (name === undefined) return null;
  const self = ofSelf(name, fault);
  if (self) return self;
  const known = definitions(textOf(fault)).filter((one) => one.name === name);
  const outside = known.some((one) => one.inside === "" && one.kind !== "parameter");
  const inside = known.find((one) => one.inside === fault.inside && one.line < fault.line);
  if (!outside && inside) return say("name.branch", { name, line: inside.line });
  return say(outside ? "name.unbound" : "name.unbound_local", { name, function: fault.inside });
}
