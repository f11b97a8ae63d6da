import { type Explanation, type Fault, lineOf, say, sourceOf, textOf } from "../fault";
import { explainAttribute } from "./attributes";
import { explainFile } from "./files";
import { explainImport } from "./imports";
import { explainIndex, explainKey } from "./lookups";
import { explainName, explainUnbound } from "./names";
import { explainType } from "./types";
import { explainValue } from "./values";

/** Explains an exception by its name. */
const BY_NAME: Readonly<Record<string, (fault: Fault) => Explanation | null>> = {
  NameError: explainName,
  UnboundLocalError: explainUnbound,
  AttributeError: explainAttribute,
  TypeError: explainType,
  ValueError: explainValue,
  JSONDecodeError: () => say("value.json"),
  StatisticsError: () => say("value.empty"),
  IndexError: explainIndex,
  KeyError: explainKey,
  ModuleNotFoundError: explainImport,
  ImportError: explainImport,
  ZeroDivisionError: (fault) =>
    say("zero.division", { sign: /%/.test(sourceOf(fault)) ? "%" : "/" }),
  EOFError: () => say("input.end"),
  RecursionError: recursion,
  AssertionError: ({ message }) =>
    message
      ? say("assertion.message", { message: message.slice(0, 100) })
      : say("assertion.failed"),
  KeyboardInterrupt: () => say("input.interrupt"),
  MemoryError: () => say("memory.full"),
  OverflowError: () => say("value.overflow"),
  UnicodeDecodeError: () => say("file.encoding"),
  UnicodeEncodeError: () => say("file.encoding"),
  UnicodeError: () => say("file.encoding"),
  StopIteration: () => say("stop.iteration"),
  NotImplementedError: () => say("raised.not_implemented"),
  RuntimeError: ({ message }) =>
    /changed size during iteration/.test(message) ? say("loop.changed") : null,
  UnsupportedOperation: () => say("value.file_mode"),
  TimeoutExpired: () => null,
  Error: () => null,
  ExceptionGroup: () => null,
};

export function explainRuntime(fault: Fault): Explanation | null {
  const explain = Object.hasOwn(BY_NAME, fault.name) ? BY_NAME[fault.name] : undefined;
  const known = explain?.(fault) ?? null;
  if (raisedHere(fault) && (known === null || isOwnText(fault, known))) return raised(fault);
  return known ?? explainFile(fault) ?? null;
}

/** `raise` stands in the line itself: the program has made this error on purpose. */
function raisedHere(fault: Fault): boolean {
  return fault.direct && /^\s*raise\b/.test(sourceOf(fault));
}

/** The program says itself what is wrong. */
function isOwnText({ name }: Fault, { text }: Explanation): boolean {
  return name !== "NotImplementedError" && text !== "type.raise";
}

function raised({ name, message }: Fault): Explanation {
  return message
    ? say("raised.own", { name, message: message.slice(0, 200) })
    : say("raised.silent", { name });
}

function recursion(fault: Fault): Explanation {
  const name = fault.inside;
  const own = new RegExp(`\\b${name.replace(/\W/g, "")}\\s*\\(`);
  const calls = name !== "<module>" && own.test(lineOf(textOf(fault), fault.line));
  return say(calls ? "recursion.endless" : "recursion.deep", { name });
}
