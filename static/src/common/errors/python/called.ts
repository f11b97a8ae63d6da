import { type Explanation, type Fault, say, sourceOf, textOf } from "../fault";
import { BUILTINS } from "./known";
import { definitions } from "./source";

/** Round brackets behind a value that is no function. */
export function callable(type: string, fault: Fault): Explanation {
  if (type === "module") return say("type.module_called", { name: calledName(fault) });
  if (type === "NoneType") return say("type.none_called");
  const name = calledName(fault);
  const own = definitions(textOf(fault)).find((one) => one.name === name && one.kind === "value");
  if (own && BUILTINS.includes(name))
    return say("type.overwritten", { name, line: own.line }, own.line);
  if (isAttribute(name, fault)) return say("type.attribute_called", { name, type });
  if (/^(?:list|dict|tuple|str)$/.test(type)) {
    const comma = !own && /[)\]}"']\s*\(/.test(sourceOf(fault));
    return comma ? say("type.comma", { type }) : say("type.call_brackets", { type, name });
  }
  if (type === "int" || type === "float") return say("type.number_called", { type });
  return say("type.not_callable", { type });
}

/** `rex.name()`, where `self.name = …` has made it a value. */
function isAttribute(name: string, fault: Fault): boolean {
  if (!new RegExp(`\\.\\s*${name}\\s*\\(`).test(sourceOf(fault))) return false;
  const property = `@property[ \\t]*(?:\\r\\n|\\r|\\n)[ \\t]+def[ \\t]+${name}\\b`;
  return new RegExp(`\\bself\\.${name}\\s*=(?!=)|${property}`).test(textOf(fault));
}

/** The last name in front of a bracket that is not a function's. */
function calledName(fault: Fault): string {
  const all = definitions(textOf(fault));
  const values = new Set(all.filter(({ kind }) => kind !== "function").map(({ name }) => name));
  const found = [...sourceOf(fault).matchAll(/([\p{L}_][\p{L}\p{N}_]*)\s*\(/gu)].map(
    ([, name = ""]) => name,
  );
  const attribute = found.find((name) => isAttribute(name, fault));
  return attribute ?? found.find((name) => values.has(name)) ?? found.at(-1) ?? "";
}
