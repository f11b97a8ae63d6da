import { byRules, type Explanation, type Fault, type Rule, say, sourceOf, textOf } from "../fault";
import { callable } from "./called";
import { CALLS } from "./calls";
import { definitions, namesOn, noneCall, whyNone } from "./source";
import { decimalComma, ofInput, typedPlus } from "./typed";
import { uncalled } from "./uncalled";

const RULES: readonly Rule[] = [
  ...CALLS,
  [
    /^can only concatenate str \(not "(\w+)"\) to str/,
    ([, type = ""], fault) =>
      ofNone(type, fault) ?? typedPlus(type, fault) ?? say("type.str_plus", { type }),
  ],
  [
    /^can only concatenate (list|tuple) \(not "(\w+)"\) to/,
    ([, to = "", type = ""], fault) =>
      decimalComma(to, fault) ?? say("type.list_plus", { to, type }),
  ],
  [/^must be str, not (\w+)/, ([, type = ""]) => say("type.str_plus", { type })],
  [
    /^unsupported operand type\(?s?\)? for (\S+?)=?(?: or pow\(\))?: '(\w+)' and '(\w+)'/,
    ([, sign = "", left = "", right = ""], fault) => operands(sign, left, right, fault),
  ],
  [
    /^'(\S+)' not supported between instances of '(\w+)' and '(\w+)'/,
    ([, sign = "", left = "", right = ""], fault) =>
      ofNone(left, fault) ??
      ofNone(right, fault) ??
      ofInput([left, right], fault) ??
      say("type.compare", { sign, left, right }),
  ],
  [
    /^bad operand type for unary (\S+): '(\w+)'/,
    ([, sign = "", type = ""]) => say("type.unary", { sign, type }),
  ],
  [
    /^can't multiply sequence by non-int of type '(\w+)'/,
    ([, type = ""], fault) => ofInput([type], fault) ?? say("type.multiply", { type }),
  ],
  [/^'(\w+)' object is not callable/, ([, type = ""], fault) => callable(type, fault)],
  [/^'(\w+)' object is not iterable/, ([, type = ""], fault) => iterable(type, fault)],
  [
    /^argument of type '(\w+)' is not (?:iterable|a container)/,
    ([, type = ""]) => say("type.no_in", { type }),
  ],
  [
    /^cannot unpack non-iterable (\w+) object/,
    ([, type = ""], fault) => ofNone(type, fault) ?? unpacked(type, fault),
  ],
  [
    /^'(\w+)' object is not subscriptable|^'(\w+)' object (?:does not support indexing|is unsubscriptable)/,
    ([, one, two], fault) => subscript(one ?? two ?? "", fault),
  ],
  [
    /^'(\w+)' object does not support item (assignment|deletion)/,
    ([, type = ""]) => say("type.unchangeable", { type }),
  ],
  [
    /^(list|tuple|string|str|range object|bytes)(?: index)? (?:indices|index) must be integers?(?: or slices)?,? not '?(\w+)/,
    ([, of = "", type = ""], fault) => index(of, type, fault),
  ],
  [
    /^string indices must be integers|^(?:list|tuple) indices must be/,
    () => say("type.index", { of: "string", type: "str" }),
  ],
  [
    /^object of type '(\w+)' has no len\(\)|^'(\w+)' has no length/,
    ([, one, two], fault) =>
      ofNone(one ?? two ?? "", fault) ?? say("type.no_len", { type: one ?? two ?? "" }),
  ],
  [
    /^unhashable type: '(\w+)'|^unhashable type '?(\w+)/,
    ([, one, two]) => say("type.unhashable", { type: one ?? two ?? "" }),
  ],
  [
    /^(int|float)\(\) argument must be .*not '(\w+)'/,
    ([, name = "", type = ""], fault) =>
      ofNone(type, fault) ?? say("type.to_number", { name, type }),
  ],
  [
    /^'(\w+)' object cannot be interpreted as an integer/,
    ([, type = ""], fault) => ofInput([type], fault) ?? say("type.as_int", { type }),
  ],
  [
    /^an integer is required \(got type (\w+)\)/,
    ([, type = ""], fault) => ofInput([type], fault) ?? say("type.as_int", { type }),
  ],
  [
    /^type (\w+) doesn't define __round__|^must be real number, not (\w+)/,
    ([, one, two], fault) => number(one ?? two ?? "", fault),
  ],
  [
    /^(?:bad operand type for abs\(\)|unsupported operand type for unary abs): '(\w+)'/,
    ([, type = ""], fault) => number(type, fault),
  ],
  [
    /^ord\(\) expected a character, but string of length (\d+)/,
    ([, count = ""]) => say("type.ord", { count }),
  ],
  [/^descriptor '\w+' requires a 'super' object|^'super' object expected/, () => say("type.super")],
  [
    /^expected integer, got (\w+) object|^integer argument expected, got (\w+)/,
    ([, one, two], fault) =>
      ofInput([one ?? two ?? ""], fault) ?? say("type.as_int", { type: one ?? two ?? "" }),
  ],
  [
    /^not all arguments converted during string formatting/,
    (_, fault) => ofInput(["str"], fault) ?? say("type.percent"),
  ],
  [/^not enough arguments for format string|^%\w format: /, () => say("type.percent")],
  [
    /^sequence item \d+: expected str(?: instance)?, (\w+) found/,
    ([, type = ""]) => say("type.join", { type }),
  ],
  [/^exceptions must (?:be|derive)/, () => say("type.raise")],
  [/^(?:catching|)classes that do not inherit from BaseException/, () => say("type.except")],
  [
    /^'(\w+)' object does not support the (?:asynchronous )?context manager/,
    ([, type = ""]) => say("type.with", { type }),
  ],
  [
    /^expected str, bytes or os.PathLike object, not (\w+)/,
    ([, type = ""]) => say("type.path", { type }),
  ],
  [
    /^(?:write\(\) argument must be str, not |unicode argument expected, got ')(\w+)/,
    ([, type = ""]) => say("type.write", { type }),
  ],
  [
    /^unsupported format string passed to (\w+)\.__format__/,
    ([, type = ""], fault) => ofNone(type, fault) ?? say("type.format", { type }),
  ],
  [/^__(?:str|repr)__ returned non-string/, (_, fault) => noText(fault)],
  [/^__init__\(\) should return None/, () => say("type.init_returned")],
  [/^operands do not support \*\*/, (_, fault) => ofInput(["str"], fault)],
  [/^Object of type (\w+) is not JSON serializable/, ([, type = ""]) => say("type.json", { type })],
  [/^Can't instantiate abstract class (\w+)/, ([, name = ""]) => say("type.abstract", { name })],
];

export function explainType(fault: Fault): Explanation | null {
  return uncalled(fault) ?? byRules(RULES, fault);
}

/** `grid[0, 1]`, and two lists without a comma in between. */
function index(of: string, type: string, fault: Fault): Explanation {
  if (type === "tuple") return say("type.index_comma");
  return ofInput([type], fault) ?? say("type.index", { of, type });
}

/** `__str__` that prints: `print(thing)` calls it. */
function noText(fault: Fault): Explanation {
  const [, name = "__str__"] = /^(__\w+__)/.exec(fault.message) ?? [];
  const own = definitions(textOf(fault)).filter((one) => one.name === name);
  const line = own.length === 1 ? own[0]?.line : undefined;
  return say("type.str_returned", { name }, line);
}

const NUMBERS = new Set(["int", "float", "complex", "bool"]);

function operands(sign: string, left: string, right: string, fault: Fault): Explanation {
  const none = ofNone(left, fault) ?? ofNone(right, fault);
  if (none) return none;
  const comma = decimalComma(left, fault) ?? decimalComma(right, fault);
  if (comma) return comma;
  if (sign === "+" && left === "str")
    return typedPlus(right, fault) ?? say("type.str_plus", { type: right });
  if (sign === "+" && /^(?:list|tuple)$/.test(left)) {
    return say("type.list_plus", { to: left, type: right });
  }
  const input = ofInput([left, right], fault);
  if (input) return input;
  if (sign === "+" && right === "str" && NUMBERS.has(left))
    return say("type.number_plus", { type: left });
  if (sign === "^") return say("type.power", { left, right });
  if (sign === "*" && left === "str" && right === "str")
    return say("type.multiply", { type: "str" });
  return say("type.operands", { sign, left, right });
}

function number(type: string, fault: Fault): Explanation {
  return ofNone(type, fault) ?? ofInput([type], fault) ?? say("type.number", { type });
}

/** Where a None comes from. */
function ofNone(type: string, fault: Fault): Explanation | null {
  if (type !== "NoneType") return null;
  for (const name of namesOn(sourceOf(fault))) {
    const why = whyNone(fault, name);
    if (why) return say(`none.${why.why}`, { name, what: why.what, line: why.line }, why.line);
  }
  return noneCall(fault) ?? say("none.value");
}

/** `for i, n in numbers:` */
function unpacked(type: string, fault: Fault): Explanation {
  const loop = /^\s*for\b[^,]*,[^,]*\bin\b/.test(sourceOf(fault));
  return loop ? say("value.unpack_loop") : say("type.unpack", { type });
}

function iterable(type: string, fault: Fault): Explanation {
  const none = ofNone(type, fault);
  if (none) return none;
  if (/\bin\b/.test(sourceOf(fault)) && !/\bfor\b/.test(sourceOf(fault))) {
    return say("type.no_in", { type });
  }
  const name = /\bin\s+([^:]{1,60}):/.exec(sourceOf(fault))?.[1]?.trim() ?? "";
  if (type === "int" && name !== "") return say("type.loop_over_int", { name });
  return say("type.not_iterable", { type });
}

function subscript(type: string, fault: Fault): Explanation {
  if (type === "NoneType") {
    const name = /([\p{L}_][\p{L}\p{N}_]*)\s*\[/u.exec(sourceOf(fault))?.[1] ?? "";
    const why = whyNone(fault, name);
    if (why) return say(`none.${why.why}`, { name, what: why.what, line: why.line }, why.line);
    return noneCall(fault) ?? say("type.none_indexed");
  }
  if (/^(?:function|builtin_function_or_method|method|type|method_descriptor)$/.test(type))
    return say("type.square_brackets");
  return say("type.no_index", { type });
}
