import { byRules, type Explanation, type Fault, type Rule, say, sourceOf } from "../fault";
import { assigned, namesOn } from "./source";

const RULES: readonly Rule[] = [
  [
    /^invalid literal for int\(\) with base \d+: ['"]?(.{0,200}?)['"]?$/s,
    ([, text = ""], fault) => int(text, fault),
  ],
  [
    /^could not convert string to float: ['"]?(.{0,200}?)['"]?$/s,
    ([, text = ""], fault) => float(text, fault),
  ],
  [
    /^too many values to unpack(?: \(expected (\d+)(?:, got (\d+))?\))?/,
    ([, wanted = "?"], fault) => {
      if (wanted !== "2" || !/\bfor\b/.test(sourceOf(fault)))
        return say("value.unpack_many", { wanted });
      return keysAlone(fault) ?? say("value.unpack_loop");
    },
  ],
  [
    /^not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)/,
    ([, wanted = "", got = ""], fault) => unpackFew(wanted, got, fault),
  ],
  [
    /^(?:need more than|expected length) (\d+)/,
    ([, got = ""]) => say("value.unpack_few", { wanted: "?", got }),
  ],
  [/^list\.remove\(|^(.{1,100}) is not in list$/, () => say("value.not_in_list")],
  [
    /^tuple\.index\(|^(.{1,100}) not in tuple|is not in (?:deque|tuple|range)/,
    () => say("value.not_in_list"),
  ],
  [/^substring not found|^subsection not found/, () => say("value.substring")],
  [
    /^math domain error|^expected a (?:non-negative|positive|nonnegative) input|^expected a number in range/,
    () => say("value.math"),
  ],
  [
    /(?:iterable argument|arg) is (?:an )?empty(?: sequence)?|^max\(\) .*empty|^min\(\) .*empty/,
    () => say("value.empty"),
  ],
  [/^empty range (?:for|in) rand/, () => say("value.empty_range")],
  [/^I\/O operation on closed file/, () => say("value.closed")],
  [/^I\/O operation on (?:un|non-)|^not readable|^not writable/, () => say("value.file_mode")],
  [
    /^Unknown format code '(.)' for object of type '(\w+)'/,
    ([, code = "", type = ""]) => say("value.format", { code, type }),
  ],
  [
    /^[Ii]nvalid format specifier|^unmatched '\{'|^Single '[{}]'|^expected '\}'/,
    () => say("value.format_text"),
  ],
  [/^time data (.{1,200}) does not match format/, () => say("value.time")],
  [
    /^\(?['"]?(?:day|month|hour|minute|second|year) (?:must be|is out|-?\d+ is out)|is out of range for month/,
    () => say("value.date"),
  ],
  [/^chr\(\) arg|^ord\(\)/, () => say("value.character")],
  [
    /^(?:range\(\) arg 3|step argument) must not be zero|^slice step cannot be zero/,
    () => say("value.step"),
  ],
  [/^attempt to assign sequence of size/, () => say("value.slice")],
  [/^Sample larger than population/, () => say("value.sample")],
  [/^the JSON object must be|^Expecting /, () => say("value.json")],
  [/^Exceeds the limit/, () => say("value.digits")],
  [/^negative shift count|^negative /, () => say("value.negative")],
  [/^dictionary update sequence/, () => say("value.pairs")],
  [/^invalid mode/, () => say("value.open_mode")],
];

export function explainValue(fault: Fault): Explanation | null {
  return byRules(RULES, fault);
}

/** The text as it was: not with the escapes of `repr`. */
function shown(text: string): string {
  return text.replace(/\\n/g, "⏎");
}

function int(text: string, fault: Fault): Explanation {
  if (text.trim() === "") return say("value.number_empty", { function: "int" });
  if (/^\s*[-+]?\d+[.]\d*\s*$|^\s*[-+]?\d*\.\d+\s*$/.test(text))
    return say("value.int_decimal", { text });
  if (/^\s*[-+]?\d+,\d+\s*$/.test(text)) return say("value.int_comma", { text });
  const typed = fromInput(fault) ? "value.int" : "value.int_text";
  return say(typed, { text: shown(text) });
}

function float(text: string, fault: Fault): Explanation {
  if (text.trim() === "") return say("value.number_empty", { function: "float" });
  if (/^\s*[-+]?\d+,\d*\s*$/.test(text)) return say("value.float_comma", { text });
  return say(fromInput(fault) ? "value.float" : "value.float_text", { text: shown(text) });
}

/** Whether what is converted was typed. */
function fromInput(fault: Fault): boolean {
  const source = sourceOf(fault);
  if (/\binput\s*\(/.test(source)) return true;
  return namesOn(source).some((name) => /\binput\s*\(/.test(assigned(fault, name)?.value ?? ""));
}

/** A loop over a dictionary itself, with two variables. */
function keysAlone(fault: Fault): Explanation | null {
  const name = /\bin\s+([\p{L}_][\p{L}\p{N}_]*)\s*:/u.exec(sourceOf(fault))?.[1] ?? "";
  const from = assigned(fault, name)?.value ?? "";
  return /^(?:\{|dict\s*\()/.test(from) ? say("value.items", { name }) : null;
}

function unpackFew(wanted: string, got: string, fault: Fault): Explanation {
  const keys = wanted === "2" ? keysAlone(fault) : null;
  if (keys) return keys;
  if (/\.split\s*\(/.test(sourceOf(fault))) return say("value.unpack_split", { wanted, got });
  return say("value.unpack_few", { wanted, got });
}
