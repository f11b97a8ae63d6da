import { type Explanation, type Fault, type Rule, say, sourceOf, textOf } from "../fault";
import { mostSimilar } from "../similar";
import { assigned, definitions } from "./source";

const NAME = "([\\p{L}_][\\p{L}\\p{N}_.<>]*)\\(\\)";

/** TypeErrors of calls: the numbers and names of arguments. */
export const CALLS: readonly Rule[] = [
  [
    new RegExp(
      `^${NAME} missing (\\d+) required (?:positional|keyword-only) arguments?: (.+)`,
      "u",
    ),
    ([, name = "", count = "", names = ""], fault) => missing(name, count, names, fault),
  ],
  [
    new RegExp(
      `^${NAME} takes (?:exactly |at most |at least |from \\d+ to )?(\\w+) (?:positional )?arguments? (?:but |\\()?(\\d+) (?:was |were )?given`,
      "u",
    ),
    ([, name = "", takes = "", given = ""], fault) => tooMany(name, takes, given, fault),
  ],
  [
    new RegExp(`^${NAME} takes no (?:keyword )?arguments`, "u"),
    ([, name = ""], fault) =>
      initMisspelt(name, fault) ??
      initMissing(name, fault) ??
      say("call.none", { name: last(name) }),
  ],
  [
    new RegExp(`^${NAME} got an unexpected keyword argument '(\\w+)'`, "u"),
    ([, name = "", argument = ""]) => say("call.keyword", { name: last(name), argument }),
  ],
  [
    /^'(\w+)' is an invalid keyword argument for (\w+)\(\)/,
    ([, argument = "", name = ""]) => say("call.keyword", { name, argument }),
  ],
  [
    new RegExp(`^${NAME} got multiple values for argument '(\\w+)'`, "u"),
    ([, name = "", argument = ""]) => say("call.twice", { name: last(name), argument }),
  ],
  [
    /^(\w+) expected (?:at most |at least |exactly )?(\d+) arguments?, got (\d+)/,
    ([, name = "", takes = "", given = ""], fault) => tooMany(name, takes, given, fault),
  ],
  [
    /^(\w+)\(\) requires (?:at least )?(\d+|one) arguments?/,
    ([, name = ""]) => say("call.few", { name }),
  ],
];

/** Without its class: of `Dog.bark` the last part. */
function last(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function missing(name: string, count: string, names: string, fault: Fault): Explanation {
  const short = last(name);
  if (names.startsWith("'self'")) return say("call.no_object", { name: short });
  if (short === "__init__") {
    const type = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
    return say("call.missing_init", { name: type || classOf(fault), names: plain(names) });
  }
  if (ofClass(short, fault)) return say("call.no_object", { name: short });
  const own = definitions(textOf(fault)).find(
    (one) => one.kind === "function" && one.name === short,
  );
  return own
    ? say("call.missing", { name: short, count, names: plain(names), line: own.line })
    : say("call.few", { name: short });
}

/** `Car.drive(10)`, also after `car = Car`: the 10 becomes `self`. */
function ofClass(method: string, fault: Fault): boolean {
  if (!hasSelf(method, fault)) return false;
  const pattern = new RegExp(`([\\p{L}_][\\p{L}\\p{N}_]*)\\.${method}\\s*\\(`, "u");
  const object = pattern.exec(sourceOf(fault))?.[1];
  if (object === undefined) return false;
  const classes = definitions(textOf(fault)).filter(({ kind }) => kind === "class");
  const value = assigned(fault, object)?.value.replace(/\s*(?:#.*)?$/, "") ?? object;
  return classes.some(({ name }) => name === value);
}

/** The class has no `__init__`, but a method that was to be it. */
function initMisspelt(name: string, fault: Fault): Explanation | null {
  const all = definitions(textOf(fault));
  const own = all.findIndex((one) => one.kind === "class" && one.name === name);
  const next = all.findIndex((one, at) => at > own && one.kind === "class");
  if (own < 0) return null;
  const methods = all
    .slice(own, next < 0 ? undefined : next)
    .filter(({ kind, inside }) => kind === "function" && inside === "");
  const found = methods.find(({ name: method }) => isLikeInit(method));
  if (!found || methods.some(({ name: method }) => method === "__init__")) return null;
  return say("call.init_misspelt", { name, method: found.name, line: found.line }, found.line);
}

/** A class of the program that takes nothing, because it has no `__init__`. */
function initMissing(name: string, fault: Fault): Explanation | null {
  const own = definitions(textOf(fault)).find((one) => one.kind === "class" && one.name === name);
  return own ? say("call.no_init", { name, line: own.line }, own.line) : null;
}

function isLikeInit(name: string): boolean {
  const letters = name.replaceAll("_", "");
  return letters === "init" || mostSimilar(letters, ["init"]) !== null;
}

function classOf(fault: Fault): string {
  return /([\p{Lu}][\p{L}\p{N}_]*)\s*\(/u.exec(sourceOf(fault))?.[1] ?? "__init__";
}

/** `'a' and 'b'` without quotes. */
function plain(names: string): string {
  return names.replace(/['"]/g, "").replace(/ and /g, ", ");
}

const WORDS: Readonly<Record<string, string>> = { no: "0", exactly: "1", one: "1", two: "2" };

function tooMany(name: string, takes: string, given: string, fault: Fault): Explanation {
  const short = last(name);
  if (short === "input") return say("call.input");
  const most = WORDS[takes] ?? takes;
  const own = definitions(textOf(fault)).find(
    (one) => one.kind === "function" && one.name === short,
  );
  if (
    own &&
    Number(given) === Number(most) + 1 &&
    !hasSelf(short, fault) &&
    isMethod(own.line, fault)
  ) {
    return say("call.self", { name: short, line: own.line }, own.line);
  }
  if (!own)
    return say(Number(given) < Number(most) ? "call.few" : "call.many", {
      name: short,
      takes: most,
      given,
    });
  const object = isMethod(own.line, fault) ? 1 : 0;
  return say("call.too_many", {
    name: short,
    takes: Number(most) - object,
    given: Number(given) - object,
    line: own.line,
  });
}

function isMethod(line: number, fault: Fault): boolean {
  return /^\s+\S/.test(textOf(fault).split(/\r\n|\r|\n/)[line - 1] ?? "");
}

function hasSelf(name: string, fault: Fault): boolean {
  return new RegExp(`\\bdef\\s+${name.replace(/\W/g, "")}\\s*\\(\\s*self\\b`).test(textOf(fault));
}
