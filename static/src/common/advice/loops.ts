import type { Advice } from "./rule";
import { ancestorsOf, childrenOf, running, type Source, type SyntaxNode, within } from "./source";
import { text } from "./texts";

/** Calls that print nothing, wait for nothing, and neither end the loop nor raise an error. */
const SILENT: ReadonlySet<string> = new Set(
  `abs all any bool chr divmod enumerate float hash int isinstance len list dict set tuple max min ord
   pow range repr reversed round sorted str sum zip`.split(/\s+/),
);
/** They change the value in front of them, which may have a second name. */
const CHANGING: ReadonlySet<string> = new Set(
  "add append clear discard extend insert reverse sort update".split(" "),
);
/** Objects of a class with one of these answer by what it says, each time anew. */
const ANSWERS = /\bdef\s+__(?:bool|len|contains|eq|ne|lt|le|gt|ge)__\b/;
const SILENT_METHODS: ReadonlySet<string> = new Set(
  `add append clear copy count discard endswith extend get insert items join keys lower replace
   reverse sort split startswith strip update upper values`.split(/\s+/),
);
const SILENT_MODULES = /^(?:math|random)\./;
/** Something else than the loop may change what it waits for, or end it. */
const CONCURRENT = /^(?:signal|threading|asyncio|multiprocessing|concurrent|_thread|sched)\b/;
const LOOPS = new Set(["WhileStatement", "ForStatement"]);
const EXITS = new Set([
  "ReturnStatement",
  "RaiseStatement",
  "YieldStatement",
  "YieldExpression",
  "AwaitExpression",
  "AssertStatement",
]);
const PLAIN_CALLS: ReadonlySet<string> = new Set(["int", "float", "str", "len", "input", "round"]);
/** Of a condition that nothing but a new value of its names can change. */
const PLAIN = new Set([
  "VariableName",
  "Number",
  "String",
  "Boolean",
  "None",
  "BinaryExpression",
  "UnaryExpression",
  "ParenthesizedExpression",
  "CompareOp",
  "ArithOp",
  "BitOp",
  "and",
  "or",
  "not",
  "in",
  "is",
  "(",
  ")",
]);

/** Loops that nothing ends: `while True` that only computes, and conditions that cannot change. */
export function* endlessLoops(source: Source): Generator<Advice> {
  if (source.imports.some(({ module }) => CONCURRENT.test(module))) return;
  for (const node of within(source.root)) {
    if (node.name !== "WhileStatement") continue;
    const loop = new Loop(source, node);
    const message = loop.endless();
    if (message) yield { kind: "endless_loop", node: loop.head, message };
  }
}

class Loop {
  readonly #source: Source;
  readonly #loop: SyntaxNode;
  readonly #body: SyntaxNode | null;
  readonly #condition: readonly SyntaxNode[];

  constructor(source: Source, loop: SyntaxNode) {
    this.#source = source;
    this.#loop = loop;
    const children = childrenOf(loop);
    const at = children.findIndex(({ name }) => name === "Body");
    this.#body = children[at] ?? null;
    this.#condition = children.slice(1, at);
  }

  get head(): { from: number; to: number } {
    const last = this.#condition.at(-1) ?? this.#loop;
    return { from: this.#loop.from, to: last.to };
  }

  /** Why it never ends; null: it may. */
  endless(): string | null {
    const [condition] = this.#condition;
    if (!condition || this.#condition.length !== 1 || !this.#body || this.#isLeft()) return null;
    if (this.#isTrue(condition)) return this.#computesOnly() ? text("endless_loop") : null;
    const names = this.#names(condition);
    if (!names || names.size === 0 || ANSWERS.test(this.#source.text)) return null;
    if (!this.#keeps(names) || (this.#changesOthers() && !this.#arePlain(names))) return null;
    return text("endless_condition", { names: [...names].join(", ") });
  }

  #isTrue(condition: SyntaxNode): boolean {
    const words = this.#source.of(condition);
    return words === "True" || /^[1-9]\d*$/.test(words);
  }

  /** By `break`, `return`, an error that is caught outside … */
  #isLeft(): boolean {
    for (const outer of ancestorsOf(this.#loop)) if (outer.name === "TryStatement") return true;
    for (const node of running(this.#body as SyntaxNode)) {
      if (EXITS.has(node.name) || node.name === "TryStatement") return true;
      if (node.name === "BreakStatement" && this.#isOwn(node)) return true;
    }
    return false;
  }

  #isOwn(node: SyntaxNode): boolean {
    for (const outer of ancestorsOf(node)) {
      if (LOOPS.has(outer.name)) return outer.from === this.#loop.from;
    }
    return false;
  }

  /** Neither prints, nor waits, nor can fail. */
  #computesOnly(): boolean {
    for (const node of running(this.#body as SyntaxNode)) {
      if (node.name === "CallExpression" && !this.#isSilent(node)) return false;
      if (node.name === "[") return false; // of an index, which may be out of range
      if (node.name === "ArithOp" && /[/%]/.test(this.#source.of(node))) return false;
    }
    return true;
  }

  #isSilent(call: SyntaxNode): boolean {
    const callee = call.firstChild;
    const name = this.#source.callee(call);
    if (name && (SILENT.has(name) || SILENT_MODULES.test(name))) return true;
    const last = callee?.name === "MemberExpression" ? childrenOf(callee).at(-1) : undefined;
    return last?.name === "PropertyName" && SILENT_METHODS.has(this.#source.of(last));
  }

  /** Of a plain condition; null: it is more than names and numbers. */
  #names(condition: SyntaxNode): Set<string> | null {
    const names = new Set<string>();
    for (const node of [condition, ...within(condition)]) {
      if (!PLAIN.has(node.name)) return null;
      if (node.name === "VariableName") names.add(this.#source.of(node));
    }
    return names;
  }

  /** `log.append(x)`: the list may be one that the condition names, too. */
  #changesOthers(): boolean {
    for (const node of running(this.#body as SyntaxNode)) {
      const callee = node.name === "CallExpression" ? node.firstChild : null;
      const last = callee?.name === "MemberExpression" ? childrenOf(callee).at(-1) : undefined;
      if (last && CHANGING.has(this.#source.of(last))) return true;
      // `other[0] = 1`
      if (node.name === "AssignStatement" && node.firstChild?.name === "MemberExpression")
        return true;
    }
    return false;
  }

  /** Whether the file gives all of them nothing but numbers and texts. */
  #arePlain(names: ReadonlySet<string>): boolean {
    const plain = new Set<string>();
    for (const node of within(this.#source.root)) {
      if (node.name !== "AssignStatement") continue;
      const [target, , value, more] = childrenOf(node);
      if (!target || !value || !names.has(this.#source.of(target))) continue;
      if (more || !this.#isPlain(value)) return false;
      plain.add(this.#source.of(target));
    }
    return plain.size === names.size;
  }

  #isPlain(value: SyntaxNode): boolean {
    if (/^(?:Number|String|Boolean|None)$/.test(value.name)) return true;
    return value.name === "CallExpression" && PLAIN_CALLS.has(this.#source.callee(value) ?? "");
  }

  /** Whether nothing in the loop gives one of the names another value, or might. */
  #keeps(names: ReadonlySet<string>): boolean {
    for (const node of within(this.#source.root)) {
      if (node.name !== "ScopeStatement") continue;
      if (childrenOf(node).some((one) => names.has(this.#source.of(one)))) return false;
    }
    for (const node of running(this.#body as SyntaxNode)) {
      if (node.name === "CallExpression") {
        const printed = this.#source.callee(node) === "print";
        if (!printed && !this.#isSilent(node)) return false;
        continue;
      }
      if (node.name !== "VariableName" || !names.has(this.#source.of(node))) continue;
      if (!this.#onlyRead(node) && !(this.#isGiven(node) && this.#arePlain(names))) return false;
    }
    return true;
  }

  /** To a function or method that computes only: what is no list stays as it is. */
  #isGiven({ parent }: SyntaxNode): boolean {
    const call = parent?.name === "ArgList" ? parent.parent : null;
    return call !== null && this.#isSilent(call);
  }

  #onlyRead(name: SyntaxNode): boolean {
    const { parent } = name;
    switch (parent?.name) {
      case "BinaryExpression":
      case "UnaryExpression":
      case "ParenthesizedExpression":
      case "FormatReplacement":
      case "IfStatement":
      case "WhileStatement":
        return true;
      case "ArgList":
        return parent.parent !== null && this.#source.callee(parent.parent) === "print";
      case "AssignStatement":
      case "UpdateStatement":
        return childrenOf(parent).at(-1)?.from === name.from && parent.name === "AssignStatement";
      default:
        return false;
    }
  }
}
