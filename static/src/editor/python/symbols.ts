import { childrenOf, type Node, parseUntil, treeOf } from "./bounded_parse";

export type SymbolKind = "function" | "class" | "variable" | "parameter" | "module";

/** A name that a program defines, at the place of its first definition. */
export interface PythonSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** Character offsets of the name. */
  readonly from: number;
  readonly to: number;
  /** As it is written: `def greet(name: str) -> str`, `total = 0`. */
  readonly head: string;
  /** The first line of the docstring; empty without one. */
  readonly doc: string;
  /** For an imported name: the module, as written (`.` at its start: relative), and its member. */
  readonly imported?: { readonly module: string; readonly member: string | null };
}

/** A part of a program with names of its own. */
export interface Scope {
  readonly kind: "module" | "class" | "function";
  readonly from: number;
  readonly to: number;
  readonly parent: Scope | null;
  readonly children: Scope[];
  readonly symbols: Map<string, PythonSymbol>;
  /** Names that `global` or `nonlocal` has given to an outer scope. */
  readonly outer: Set<string>;
}

export interface PythonModule {
  readonly text: string;
  readonly root: Node;
  readonly scope: Scope;
}

const LONGEST_HEAD = 120;

/** Code that people write is nested less deeply. */
const MOST_LEVELS = 100;

/**
 * Parses a program, which may have errors: what can be read of it is read. `until`: the time after
 * which the rest of the text is left out.
 */
export function parsePython(text: string, until = parseUntil()): PythonModule {
  const root = treeOf(text, until);
  const scope = newScope("module", root, null);
  new Reader(text).readChildren(root, scope);
  return { text, root, scope };
}

/** The scopes around an offset, the innermost first. */
export function scopesAt(scope: Scope, offset: number): Scope[] {
  const inner = scope.children.find(({ from, to }) => from <= offset && offset <= to);
  return inner ? [...scopesAt(inner, offset), scope] : [scope];
}

function newScope(kind: Scope["kind"], node: { from: number; to: number }, parent: Scope | null) {
  const { from, to } = node;
  const [symbols, outer] = [new Map<string, PythonSymbol>(), new Set<string>()];
  const scope: Scope = { kind, from, to, parent, children: [], symbols, outer };
  parent?.children.push(scope);
  return scope;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_HEAD ? `${line.slice(0, LONGEST_HEAD)}…` : line;
}

/** Reads definitions from a syntax tree into scopes. */
class Reader {
  readonly #text: string;
  #levels = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readChildren(node: Node, scope: Scope): void {
    if (this.#levels > MOST_LEVELS) return;
    this.#levels += 1;
    for (const child of childrenOf(node)) this.#read(child, scope);
    this.#levels -= 1;
  }

  #read(node: Node, scope: Scope): void {
    const children = childrenOf(node);
    switch (node.name) {
      case "FunctionDefinition":
      case "LambdaExpression":
        this.#readFunction(node, scope);
        return;
      case "ClassDefinition":
        this.#readClass(node, scope);
        return;
      case "ImportStatement":
        this.#readImport(node, scope);
        return;
      case "ScopeStatement":
        for (const child of children) scope.outer.add(this.#word(child));
        return;
      case "AssignStatement": {
        const last = children.map(({ name }) => name).lastIndexOf("AssignOp");
        const targets = last < 0 ? children.slice(0, 1) : children.slice(0, last);
        for (const target of targets) this.#declare(target, scope, node);
        break;
      }
      case "NamedExpression":
      case "CapturePattern":
        if (children[0]) this.#declare(children[0], scope, node);
        break;
      default:
        this.#readTargets(children, scope, node);
    }
    this.readChildren(node, scope);
  }

  /** The names between `for` and `in`, and after `as`. */
  #readTargets(children: Node[], scope: Scope, statement: Node): void {
    let insideFor = false;
    for (const child of children) {
      if (child.name === "for") insideFor = true;
      else if (child.name === "in") insideFor = false;
      else if (insideFor || child.prevSibling?.name === "as")
        this.#declare(child, scope, statement);
    }
  }

  #readFunction(node: Node, scope: Scope): void {
    const [name, body] = [node.getChild("VariableName"), node.getChild("Body")];
    if (name && node.name === "FunctionDefinition") {
      this.#add(name, "function", scope, this.#headOf(node), docOf(body, this.#text));
    }
    const parameters = node.getChild("ParamList");
    const inside = newScope(
      "function",
      { from: parameters?.from ?? node.from, to: node.to },
      scope,
    );
    for (const child of parameters ? childrenOf(parameters) : []) {
      const declared = child.name === "VariableName" && child.prevSibling?.name !== "AssignOp";
      if (declared) this.#add(child, "parameter", inside, this.#parameter(child));
    }
    this.readChildren(body ?? node, inside);
  }

  #readClass(node: Node, scope: Scope): void {
    const [name, body] = [node.getChild("VariableName"), node.getChild("Body")];
    if (name) this.#add(name, "class", scope, this.#headOf(node), docOf(body, this.#text));
    if (body) this.readChildren(body, newScope("class", body, scope));
  }

  #readImport(node: Node, scope: Scope): void {
    const children = childrenOf(node);
    const head = shortened(this.#word(node));
    const member = children.findIndex(({ name }) => name === "import");
    const from = children[0]?.name === "from";
    const module = from ? joined(children.slice(1, member), (child) => this.#word(child)) : "";
    // The parts of one name: `a`, `.`, `b`, `as`, `c`.
    let parts: Node[] = [];
    const end = () => {
      const as = parts.findIndex(({ name }) => name === "as");
      const path = joined(as < 0 ? parts : parts.slice(0, as), (part) => this.#word(part));
      const name = as < 0 ? parts[0] : parts[as + 1];
      // `import a.b` defines `a`.
      const whole = as < 0 ? path.split(".")[0] : path;
      const imported = from ? { module, member: path } : { module: whole ?? "", member: null };
      if (name?.name === "VariableName") this.#add(name, "module", scope, head, "", imported);
      parts = [];
    };
    for (const child of children.slice(member + 1)) {
      if (child.name === ",") end();
      else if (child.name !== "(" && child.name !== ")") parts.push(child);
    }
    end();
  }

  /** Declares each name in the target of an assignment. */
  #declare(target: Node, scope: Scope, statement: Node): void {
    if (target.name === "VariableName") {
      this.#add(target, "variable", scope, this.#lineOf(statement));
    } else if (target.name === "MemberExpression") {
      const [object, property] = [target.firstChild, target.getChild("PropertyName")];
      const owner = classAround(scope);
      const own = object && this.#word(object) === "self";
      if (own && owner && property) this.#add(property, "variable", owner, this.#lineOf(statement));
    } else if (/^(Tuple|Array|Parenthesized)Expression$/.test(target.name)) {
      if (this.#levels > MOST_LEVELS) return;
      this.#levels += 1;
      for (const child of childrenOf(target)) this.#declare(child, scope, statement);
      this.#levels -= 1;
    }
  }

  #add(
    node: Node,
    kind: SymbolKind,
    scope: Scope,
    head: string,
    doc = "",
    imported?: PythonSymbol["imported"],
  ): void {
    const name = this.#word(node);
    let owner = scope;
    while (owner.outer.has(name) && owner.parent) owner = owner.parent;
    if (owner.symbols.has(name)) return;
    const { from, to } = node;
    owner.symbols.set(name, { name, kind, from, to, head, doc, ...(imported && { imported }) });
  }

  #word(node: Node): string {
    return this.#text.slice(node.from, node.to);
  }

  /** Without the body. */
  #headOf(node: Node): string {
    const end = node.getChild("Body")?.from ?? node.to;
    return shortened(this.#text.slice(node.from, end));
  }

  #lineOf(node: Node): string {
    return shortened(this.#word(node).split("\n", 1)[0] ?? "");
  }

  #parameter(name: Node): string {
    let last = name;
    while (last.nextSibling && !/^[,)/]$/.test(last.nextSibling.name)) last = last.nextSibling;
    return shortened(this.#text.slice(name.from, last.to));
  }
}

function joined(nodes: readonly Node[], word: (node: Node) => string): string {
  return nodes.map(word).join("");
}

function classAround(scope: Scope): Scope | null {
  if (scope.kind === "class") return scope;
  return scope.parent && classAround(scope.parent);
}

function docOf(body: Node | null, text: string): string {
  const first = body ? childrenOf(body).find(({ name }) => name !== ":") : undefined;
  const string = first?.name === "ExpressionStatement" ? first.getChild("String") : null;
  if (!string) return "";
  const words = text.slice(string.from, string.to).replace(/^\w*("""|'''|"|')|("""|'''|"|')$/g, "");
  return shortened(words.trim().split("\n", 1)[0] ?? "");
}
