import {
  byRules,
  type Explanation,
  type Fault,
  linesOf,
  type Rule,
  say,
  sourceOf,
  textOf,
} from "../fault";
import { mostSimilar } from "../similar";
import { ELSEWHERE, HOME_OF, METHODS, MODULES, OF_DATETIME } from "./known";
import { definitions, noneCall, whyNone } from "./source";

const RULES: readonly Rule[] = [
  [
    /^partially initialized module '([\w.]+)' has no attribute '(\w+)'/,
    ([, module = "", name = ""], fault) =>
      shadowed(module, fault) ?? say("module.circular", { module, name }),
  ],
  [
    /^module '([\w.]+)' has no attribute '(\w+)'/,
    ([, module = "", name = ""], fault) =>
      shadowed(module, fault) ??
      ofDatetime(module, name) ??
      withSuggestion("module.no_name", { module, name }, fault),
  ],
  [/^'NoneType' object has no attribute '(\w+)'/, ([, name = ""], fault) => ofNone(name, fault)],
  [
    /^'(\w+)' object has no attribute '(\w+)'/,
    ([, type = "", name = ""], fault) =>
      ofFunction(type, name, fault) ?? ofValue(type, name, fault),
  ],
  [
    /^type object '(?:\w+\.)*(\w+)' has no attribute '(\w+)'/,
    ([, type = "", name = ""], fault) =>
      (name === type || HOME_OF.get(name) === type ? imported(type, name, fault) : null) ??
      (type === "super"
        ? say("type.super")
        : (ofClass(type, name, fault) ??
          withSuggestion("attribute.unknown", { type, name }, fault))),
  ],
];

export function explainAttribute(fault: Fault): Explanation | null {
  return byRules(RULES, fault);
}

/** An own file has the name of one of Python's modules, and is imported in place of it. */
export function shadowed(module: string, fault: Fault): Explanation | null {
  const path = `${module.replaceAll(".", "/")}.py`;
  const own = fault.files.some((file) => file.path === path);
  return own && MODULES.has(module) ? say("module.shadowed", { module, path }) : null;
}

/** `datetime.now()` after `import datetime`. */
function ofDatetime(module: string, name: string): Explanation | null {
  if (module !== "datetime" || !OF_DATETIME.has(name)) return null;
  return say("module.inner", { module, name, inner: "datetime" });
}

/** What stands in front of `.name` in the line. */
function objectOf(name: string, fault: Fault): string | undefined {
  const pattern = new RegExp(`([\\p{L}_][\\p{L}\\p{N}_]*)\\s*\\.\\s*${name}\\b`, "u");
  return pattern.exec(sourceOf(fault))?.[1];
}

/** `from time import time` and `time.time()`: the name is not that of the module any more. */
function imported(object: string, name: string, fault: Fault): Explanation | null {
  const pattern = new RegExp(`^\\s*from\\s+${object}\\s+import\\b.*\\b${object}\\b`, "u");
  const line = linesOf(textOf(fault)).findIndex((text) => pattern.test(text)) + 1;
  return line === 0 ? null : say("attribute.imported", { object, name, line }, line);
}

/** `input.split()` */
function ofFunction(type: string, name: string, fault: Fault): Explanation | null {
  if (!/^(?:builtin_)?(?:function|method)(?:_or_method)?$/.test(type)) return null;
  const object = objectOf(name, fault);
  if (object === undefined) return null;
  return imported(object, name, fault) ?? say("attribute.function", { object, name });
}

/** `Dog.name`, where only objects have a name. */
function ofClass(type: string, name: string, fault: Fault): Explanation | null {
  const own = classOf(type, fault);
  return own?.body.some((line) => assigns(name).test(line))
    ? say("attribute.of_class", { type, name })
    : null;
}

/** The method stands below its class, and not in it. */
function outside(type: string, name: string, fault: Fault): Explanation | null {
  if (members(type, fault).length === 0) return null;
  const found = new RegExp(`^def\\s+${name}\\s*\\(\\s*self\\b`, "m").exec(textOf(fault));
  if (!found) return null;
  const line = linesOf(textOf(fault).slice(0, found.index)).length;
  return say("attribute.outside", { type, name, line }, line);
}

/** `__init__` of a class hides that of the class that it is made from. */
function superMissing(type: string, name: string, fault: Fault): Explanation | null {
  const own = classOf(type, fault);
  const parent = own && classOf(own.parent, fault);
  if (!own || !parent?.body.some((line) => assigns(name).test(line))) return null;
  const init = own.body.findIndex((line) => /^\s+def\s+__init__\b/.test(line));
  const calls = own.body.some((line) => /\bsuper\s*\(|\.__init__\s*\(/.test(line));
  if (init < 0 || calls) return null;
  const line = own.line + init + 1;
  return say("attribute.super_missing", { type, parent: own.parent, name, line }, line);
}

function assigns(name: string): RegExp {
  return new RegExp(`\\bself\\.${name}\\s*(?::[^=]*)?=(?!=)`);
}

/** A class of the file: its line, the first class that it is made from, and the lines in it. */
function classOf(
  name: string,
  fault: Fault,
): { line: number; parent: string; body: readonly string[] } | null {
  const head = new RegExp(`^class\\s+${name}\\b\\s*(?:\\(\\s*([\\p{L}_][\\p{L}\\p{N}_]*))?`, "u");
  const lines = linesOf(textOf(fault));
  const start = name === "" ? -1 : lines.findIndex((line) => head.test(line));
  if (start < 0) return null;
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => /^[^\s#]/.test(line));
  const body = end < 0 ? after : after.slice(0, end);
  return { line: start + 1, parent: head.exec(lines[start] ?? "")?.[1] ?? "", body };
}

function ofNone(name: string, fault: Fault): Explanation {
  const object = objectOf(name, fault);
  const why = object === undefined ? null : whyNone(fault, object);
  // `stack.push(1).push(2)`
  const called = new RegExp(`\\)\\s*\\.\\s*${name}\\b`).test(sourceOf(fault));
  if (object === undefined || called) return noneCall(fault) ?? say("attribute.none", { name });
  if (!why) return say("attribute.none", { name });
  return say(`none.${why.why}`, { name: object, what: why.what, line: why.line }, why.line);
}

function ofValue(type: string, name: string, fault: Fault): Explanation {
  if (
    /^(?:length|len|size|count|Length)$/.test(name) &&
    /^(?:str|list|dict|tuple|set)$/.test(type)
  ) {
    return say("attribute.length", { name, type });
  }
  const other = ELSEWHERE[type];
  const instead = other && Object.hasOwn(other, name) ? other[name] : undefined;
  if (instead !== undefined) return say("attribute.known", { type, name, instead });
  if (type === "dict" && new RegExp(`["']${name}["']`).test(textOf(fault)))
    return say("attribute.key", { name });
  const local = definitions(textOf(fault)).find(
    (one) => one.kind === "value" && one.name === name && one.inside === "__init__",
  );
  if (local && members(type, fault).length > 0)
    return say("attribute.self_missing", { name, line: local.line }, local.line);
  const missing = outside(type, name, fault) ?? superMissing(type, name, fault);
  if (missing) return missing;
  const methods = Object.hasOwn(METHODS, type) ? (METHODS[type] ?? []) : members(type, fault);
  const suggestion = mostSimilar(name, methods);
  if (suggestion) return say("attribute.similar", { type, name, suggestion });
  const proposed = told(fault);
  if (proposed) return say("attribute.similar", { type, name, suggestion: proposed });
  return say(Object.hasOwn(METHODS, type) ? "attribute.of_type" : "attribute.unknown", {
    type,
    name,
  });
}

/** What objects of an own class have. */
function members(type: string, fault: Fault): string[] {
  const text = textOf(fault);
  if (!new RegExp(`\\bclass\\s+${type}\\b`).test(text)) return [];
  const found = text.matchAll(
    /\bself\.([\p{L}_][\p{L}\p{N}_]*)|^[ \t]+def\s+([\p{L}_][\p{L}\p{N}_]*)/gmu,
  );
  return [...found].map(([, attribute, method]) => attribute ?? method ?? "");
}

function told(fault: Fault): string | undefined {
  return /Did you mean: '(\w{1,100})'/.exec(fault.message)?.[1];
}

function withSuggestion(
  text: "module.no_name" | "attribute.unknown",
  values: Readonly<Record<string, string>>,
  fault: Fault,
): Explanation {
  const suggestion = told(fault);
  if (!suggestion) return say(text, values);
  return text === "module.no_name"
    ? say("module.name_similar", { ...values, suggestion })
    : say("attribute.similar", { ...values, suggestion });
}
