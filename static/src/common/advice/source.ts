import type { SourceFile } from "../../protocol.gen";

/** A node of the syntax tree of @lezer/python. */
export interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent: SyntaxNode | null;
  readonly firstChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
}

export interface Argument {
  /** Null: by its place. */
  readonly name: string | null;
  readonly value: SyntaxNode;
}

/** A name that an import brings: `os.path` for `p` after `import os.path as p`. */
export interface Import {
  /** The imported module; with leading dots if it is relative. */
  readonly module: string;
  /** Of `from … import`; null for the module itself. */
  readonly member: string | null;
  readonly local: string;
  readonly node: SyntaxNode;
}

const DEFINING = new Set(["FunctionDefinition", "ClassDefinition", "LambdaExpression"]);

/** All nodes below one, in the order of the text, without recursion: trees may be deep. */
export function* within(
  root: SyntaxNode,
  enter: (node: SyntaxNode) => boolean = () => true,
): Generator<SyntaxNode> {
  let node = root.firstChild;
  while (node) {
    yield node;
    let next: SyntaxNode | null = enter(node) ? node.firstChild : null;
    while (!next) {
      next = node.nextSibling;
      if (next) break;
      node = node.parent;
      if (!node || (node.from === root.from && node.to === root.to && node.name === root.name)) {
        return;
      }
    }
    node = next;
  }
}

/** What runs when a block runs: nothing of the functions and classes that it defines. */
export function running(block: SyntaxNode): Generator<SyntaxNode> {
  return within(block, ({ name }) => !DEFINING.has(name));
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

export function* ancestorsOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let parent = node.parent; parent; parent = parent.parent) yield parent;
}

/** One Python file with its tree, and what its names are. */
export class Source {
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly imports: readonly Import[];
  readonly calls: readonly SyntaxNode[];
  /** Names that the file gives a meaning of its own. */
  readonly defined: ReadonlySet<string>;
  readonly #dotted = new Map<string, string>();

  constructor({ path, content }: SourceFile, root: SyntaxNode) {
    this.path = path;
    this.text = content;
    this.root = root;
    const imports: Import[] = [];
    const calls: SyntaxNode[] = [];
    const defined = new Set<string>();
    for (const node of within(root)) {
      if (node.name === "ImportStatement") imports.push(...this.#importsOf(node));
      else if (node.name === "CallExpression") calls.push(node);
      else if (DEFINING.has(node.name)) this.#define(node, defined);
      else if (node.name === "AssignStatement") this.#define(node, defined);
    }
    this.imports = imports;
    this.calls = calls;
    this.defined = defined;
    for (const { module, member, local } of imports) {
      this.#dotted.set(local, member === null ? module : `${module}.${member}`);
    }
  }

  of(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  /** `os.system` of a call of `system` that was imported from os; null: of no plain name. */
  callee(call: SyntaxNode): string | null {
    return call.firstChild && this.dotted(call.firstChild);
  }

  dotted(node: SyntaxNode): string | null {
    const parts: string[] = [];
    let part: SyntaxNode | null = node;
    while (part?.name === "MemberExpression") {
      const last: SyntaxNode | undefined = childrenOf(part).at(-1);
      if (last?.name !== "PropertyName") return null;
      parts.unshift(this.of(last));
      part = part.firstChild;
    }
    if (part?.name !== "VariableName") return null;
    const name = this.of(part);
    const meant = this.#dotted.get(name);
    if (meant === undefined && this.defined.has(name)) return null;
    return [meant ?? name, ...parts].join(".");
  }

  arguments(call: SyntaxNode): Argument[] {
    const list = childrenOf(call).find(({ name }) => name === "ArgList");
    const found: Argument[] = [];
    let name: string | null = null;
    let before: SyntaxNode | null = null;
    for (const node of list ? childrenOf(list) : []) {
      if (node.name === "AssignOp" && before) {
        name = this.of(before);
        found.pop();
      } else if (!/^(?:[(),]|\*\*?|Comment)$/.test(node.name)) {
        found.push({ name, value: node });
        name = null;
      }
      before = node;
    }
    return found;
  }

  /** The value of a literal without placeholders and escapes; null for anything else. */
  string(node: SyntaxNode | undefined): string | null {
    if (node?.name !== "String") return null;
    const found = /^[uUrR]?("""|'''|"|')(.*)\1$/s.exec(this.of(node));
    const value = found?.[2] ?? null;
    return value?.includes("\\") ? null : value;
  }

  *#importsOf(statement: SyntaxNode): Generator<Import> {
    const words = childrenOf(statement).filter(({ name }) => !/^(?:Comment|[()])$/.test(name));
    const at = words.findIndex(({ name }) => name === "import");
    const spelled = (nodes: readonly SyntaxNode[]) => nodes.map((one) => this.of(one)).join("");
    const from = words[0]?.name === "from" ? spelled(words.slice(1, at)) : null;
    for (const item of split(words.slice(at + 1))) {
      const as = item.findIndex(({ name }) => name === "as");
      const named = spelled(as < 0 ? item : item.slice(0, as));
      const [node] = item;
      if (named === "" || !node) continue;
      const alias = as < 0 ? null : spelled(item.slice(as + 1));
      if (from !== null) yield { module: from, member: named, local: alias ?? named, node };
      // `import os.path` gives the name `os` to the package.
      else if (alias) yield { module: named, member: null, local: alias, node };
      else yield { module: named, member: null, local: named, node };
    }
  }

  #define(node: SyntaxNode, defined: Set<string>): void {
    for (const child of childrenOf(node)) {
      if (child.name === "VariableName") defined.add(this.of(child));
      if (child.name === "ParamList") {
        for (const each of childrenOf(child)) {
          if (each.name === "VariableName") defined.add(this.of(each));
        }
      }
      if (node.name === "AssignStatement" && child.name === "AssignOp") return;
    }
  }
}

function split(words: readonly SyntaxNode[]): SyntaxNode[][] {
  const items: SyntaxNode[][] = [[]];
  for (const word of words) {
    if (word.name === ",") items.push([]);
    else items.at(-1)?.push(word);
  }
  return items;
}

/** Inside `try`, or where the program asks which system it is on: it knows that this may fail. */
export function isGuarded(source: Source, node: SyntaxNode): boolean {
  for (const outer of ancestorsOf(node)) {
    if (outer.name === "TryStatement") return true;
    if (outer.name !== "IfStatement" && outer.name !== "ConditionalExpression") continue;
    const body = childrenOf(outer).find(({ name }) => name === "Body");
    const head = source.text.slice(outer.from, body?.from ?? outer.to);
    if (/\b(?:platform|os\.name|name\s*==|TYPE_CHECKING|exists|isfile|is_file)\b/.test(head))
      return true;
  }
  return false;
}
