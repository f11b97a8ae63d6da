import { type Explanation, type Fault, say, sourceOf, textOf } from "../fault";
import { assigned, namesOn, wordsOn } from "./source";

/** One of the values is text that was typed: `input()` never gives a number. */
export function ofInput(types: readonly string[], fault: Fault): Explanation | null {
  if (!types.includes("str")) return null;
  for (const name of namesOn(sourceOf(fault))) {
    const found = typedOf(name, fault) ?? appended(name, fault);
    if (found) return found;
  }
  return null;
}

/** `age + 10` with a typed age, and not `"Age: " + age`: the sum of two numbers was meant. */
export function typedPlus(type: string, fault: Fault): Explanation | null {
  if (!/^(?:int|float)$/.test(type)) return null;
  const words = wordsOn(sourceOf(fault)).filter(({ kind }) => kind !== "end");
  for (const [at, { kind, text }] of words.entries()) {
    const [before, sign] = [words[at - 1]?.text, words[at + 1]?.text ?? ""];
    const first = kind === "name" && before !== "+" && /^\+=?$/.test(sign);
    const found = first && words[at + 2]?.kind !== "string" ? typedOf(text, fault) : null;
    if (found) return found;
  }
  return null;
}

function typedOf(name: string, fault: Fault): Explanation | null {
  const from = assigned(fault, name) ?? assignedBelow(fault, name);
  if (!from || !/^input\s*\(/.test(from.value)) return null;
  const { line } = from;
  const text = /\.split\s*\(/.test(from.value) ? "type.input_split" : "type.input_number";
  return say(text, { name, line }, line);
}

/** A parameter often has the name of the variable that is given to it, below the function. */
function assignedBelow(fault: Fault, name: string): ReturnType<typeof assigned> {
  if (fault.inside === "" || fault.inside === "<module>") return null;
  return assigned({ ...fault, line: Number.MAX_SAFE_INTEGER }, name);
}

/** `marks.append(input("Mark: "))` */
function appended(name: string, fault: Fault): Explanation | null {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return null;
  const pattern = new RegExp(`^\\s*${name}\\.append\\(\\s*input\\s*\\(`, "u");
  const line = linesAbove(fault).findIndex((text) => pattern.test(text)) + 1;
  return line === 0 ? null : say("type.input_append", { name, line }, line);
}

function linesAbove(fault: Fault): string[] {
  return textOf(fault)
    .split(/\r\n|\r|\n/)
    .slice(0, fault.line);
}

/** `price = 3,50` makes two numbers. */
export function decimalComma(type: string, fault: Fault): Explanation | null {
  if (type !== "tuple") return null;
  for (const name of namesOn(sourceOf(fault))) {
    const from = assigned(fault, name);
    const [, whole, rest] = /^(\d+),\s*(\d+)\s*(?:#.*)?$/.exec(from?.value ?? "") ?? [];
    if (from && whole && rest)
      return say("type.decimal_comma", { name, better: `${whole}.${rest}` }, from.line);
  }
  return null;
}
