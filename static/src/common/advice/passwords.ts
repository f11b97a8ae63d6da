import type { Advice } from "./rule";
import { childrenOf, type Source, type SyntaxNode, within } from "./source";
import { text } from "./texts";

const PASSWORD = /^(?:.*_)?(?:password|passwort|passwd|pwd|kennwort)$/i;
const KEY = /^(?:.*_)?(?:secret|api_?key|access_?key|secret_?key|token)$/i;
/** Keys of well-known services, by which anybody can use them. */
const KNOWN_KEY =
  /^(?:sk-[\w-]{20,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35})$/;
const IN_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^\s:@/]+:[^\s:@/]+@/i;
/** Stands for a password in examples. */
const PLACEHOLDER = /^(?:\*+|x+|\.+|<.*>|\{.*\}|changeme|your[ _-].*|password|passwort)$/i;
const SHORTEST_PASSWORD = 4;
/** Long, with letters and digits: no word that a program may call a token. */
const LIKE_A_KEY = /^(?=.*\d)(?=.*[a-z])[\w.+/=-]{12,}$/i;

/** Passwords and keys in the source: everybody who sees the program knows them. */
export function* passwords(source: Source): Generator<Advice> {
  for (const node of within(source.root)) {
    for (const value of secrets(source, node)) {
      const [message, more] = [text("password"), text("password_more")];
      yield { kind: "password", node: value, message, more };
    }
  }
}

function* secrets(source: Source, node: SyntaxNode): Generator<SyntaxNode> {
  if (node.name === "String") {
    const value = source.string(node) ?? "";
    if (KNOWN_KEY.test(value) || IN_ADDRESS.test(value)) yield node;
  }
  if (node.name === "AssignStatement") {
    const parts = childrenOf(node);
    const sign = parts.findIndex(({ name }) => name === "AssignOp");
    const [target, value] = [parts[0], parts[sign + 1]];
    if (target && value && isSecret(source, nameOf(source, target), value)) yield value;
  }
  if (node.name === "CallExpression") {
    for (const { name, value } of source.arguments(node)) {
      if (name && isSecret(source, name, value)) yield value;
    }
  }
}

/** `password` of `self.password`. */
function nameOf(source: Source, target: SyntaxNode): string {
  if (target.name === "VariableName") return source.of(target);
  const last = target.name === "MemberExpression" ? childrenOf(target).at(-1) : undefined;
  return last?.name === "PropertyName" ? source.of(last) : "";
}

function isSecret(source: Source, name: string, value: SyntaxNode): boolean {
  const literal = source.string(value);
  if (literal === null || PLACEHOLDER.test(literal) || KNOWN_KEY.test(literal)) return false;
  // A sentence is no password, but what a user is asked.
  if (/\s/.test(literal)) return false;
  if (PASSWORD.test(name)) return literal.length >= SHORTEST_PASSWORD;
  return KEY.test(name) && LIKE_A_KEY.test(literal);
}
