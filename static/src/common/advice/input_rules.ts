import type { Advice } from "./rule";
import { ancestorsOf, childrenOf, type Source, type SyntaxNode, within } from "./source";
import { text } from "./texts";

const INPUTS: ReadonlySet<string> = new Set(["input", "sys.stdin.read", "sys.stdin.readline"]);
/** What they return runs nothing, whatever was typed. */
const HARMLESS: ReadonlySet<string> = new Set([
  "int",
  "float",
  "len",
  "bool",
  "ord",
  "hash",
  "ast.literal_eval",
  "shlex.quote",
]);
const EVALUATES: ReadonlySet<string> = new Set(["eval", "exec", "builtins.eval", "builtins.exec"]);
/** They give their first argument to a shell. */
const SHELLS: ReadonlySet<string> = new Set([
  "os.system",
  "os.popen",
  "subprocess.getoutput",
  "subprocess.getstatusoutput",
]);

/** Whether a value may be what a user has typed. */
class Typed {
  readonly #source: Source;
  readonly #names = new Set<string>();

  constructor(source: Source) {
    this.#source = source;
    for (const node of within(source.root)) {
      if (node.name !== "AssignStatement") continue;
      const parts = childrenOf(node);
      const sign = parts.findIndex(({ name }) => name === "AssignOp");
      if (!parts.slice(sign + 1).some((value) => this.in(value))) continue;
      for (const target of parts.slice(0, sign)) {
        if (target.name === "VariableName") this.#names.add(source.of(target));
      }
    }
  }

  in(value: SyntaxNode): boolean {
    if (this.#is(value, value)) return true;
    for (const node of within(value)) if (this.#is(node, value)) return true;
    return false;
  }

  #is(node: SyntaxNode, value: SyntaxNode): boolean {
    const source = this.#source;
    const typed =
      node.name === "CallExpression"
        ? INPUTS.has(source.callee(node) ?? "")
        : node.name === "VariableName" && this.#names.has(source.of(node));
    if (!typed) return false;
    if (node.from === value.from && node.to === value.to) return true;
    for (const outer of ancestorsOf(node)) {
      if (outer.name === "CallExpression" && HARMLESS.has(source.callee(outer) ?? "")) return false;
      if (outer.from <= value.from && outer.to >= value.to) break;
    }
    return true;
  }
}

/** `eval(input())`: whatever is typed is run as a program. */
export function* typedCode(source: Source): Generator<Advice> {
  const typed = new Typed(source);
  for (const call of source.calls) {
    const name = source.callee(call) ?? "";
    const [code] = source.arguments(call);
    if (!EVALUATES.has(name) || !code || !typed.in(code.value)) continue;
    const [message, more] = [text("eval_input", { name }), text("eval_input_more")];
    yield { kind: "eval_input", node: call, message, more };
  }
}

/** A command for the shell with what a user has typed in it. */
export function* shellInput(source: Source): Generator<Advice> {
  const typed = new Typed(source);
  for (const call of source.calls) {
    const name = source.callee(call) ?? "";
    const args = source.arguments(call);
    const shell = args.some((one) => one.name === "shell" && source.of(one.value) === "True");
    if (!SHELLS.has(name) && !(name.startsWith("subprocess.") && shell)) continue;
    const [command] = args;
    if (!command || !typed.in(command.value)) continue;
    const [message, more] = [text("shell_input", { name }), text("shell_input_more")];
    yield { kind: "shell_input", node: call, message, more };
  }
}
