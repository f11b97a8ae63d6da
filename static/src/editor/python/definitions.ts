import type { SourceFile } from "../../protocol.gen";
import { childrenOf, parseUntil } from "./bounded_parse";
import { type PythonModule, type PythonSymbol, parsePython, type Scope, scopesAt } from "./symbols";

/** Where a name is defined. */
export interface Definition extends Pick<PythonSymbol, "name" | "from" | "to" | "head" | "doc"> {
  readonly path: string;
}

type Node = PythonModule["root"];

/** `a` imports from `b` imports from `c` …: programs may do so in a circle. */
const MOST_IMPORTS = 8;

/**
 * Where the name at `offset` of the file `path` is defined: in this file, or in another open one
 * that it imports. Null: the name comes from Python itself, or it is no name.
 */
export function definitionAt(
  files: readonly SourceFile[],
  path: string,
  offset: number,
): Definition | null {
  const project = new Project(files);
  const module = project.module(path);
  const node = module && nameAt(module, offset);
  if (!module || !node) return null;
  if (node.name === "PropertyName") return project.member(path, module, node);
  const name = textOf(module, node);
  const importing = node.parent?.name === "ImportStatement" ? node.parent : null;
  if (importing && beforeImport(importing, node)) {
    return project.start(path, moduleName(module, importing));
  }
  const symbol = visible(module.scope, node.from, name);
  return symbol && project.resolve(path, symbol);
}

/** The open modules, parsed when they are needed. */
class Project {
  readonly #files: readonly SourceFile[];
  readonly #modules = new Map<string, PythonModule>();
  readonly #until = parseUntil();

  constructor(files: readonly SourceFile[]) {
    this.#files = files;
  }

  module(path: string): PythonModule | null {
    const known = this.#modules.get(path);
    if (known) return known;
    const file = this.#files.find((one) => one.path === path);
    if (!file) return null;
    const module = parsePython(file.content, this.#until);
    this.#modules.set(path, module);
    return module;
  }

  /** Follows imports into open files. */
  resolve(path: string, symbol: PythonSymbol, steps = 0): Definition {
    const { imported } = symbol;
    const here = { ...pick(symbol), path };
    if (!imported || steps > MOST_IMPORTS) return here;
    const file = this.#pathOf(path, imported.module);
    if (imported.member === null) return (file && this.start(path, imported.module)) || here;
    const within = file && this.module(file)?.scope.symbols.get(imported.member);
    if (file && within) return this.resolve(file, within, steps + 1);
    return this.start(path, `${imported.module}.${imported.member}`) ?? here;
  }

  /** The beginning of an imported file. */
  start(path: string, module: string): Definition | null {
    const file = this.#pathOf(path, module);
    if (!file) return null;
    return { path: file, name: module, from: 0, to: 0, head: `module ${module}`, doc: "" };
  }

  /** `object.name`: of a module, of `self`, or of the only class with such a member. */
  member(path: string, module: PythonModule, property: Node): Definition | null {
    const object = property.parent?.firstChild;
    if (!object) return null;
    const [name, owner] = [textOf(module, property), textOf(module, object)];
    if (object.name === "VariableName") {
      const symbol = visible(module.scope, object.from, owner);
      const file = symbol?.imported && this.#pathOf(path, symbol.imported.module);
      const found = file && this.module(file)?.scope.symbols.get(name);
      if (file && found) return this.resolve(file, found);
    }
    const around = scopesAt(module.scope, property.from).find(({ kind }) => kind === "class");
    const own = owner === "self" ? around?.symbols.get(name) : undefined;
    if (own) return this.resolve(path, own);
    const all = this.#files
      .filter((file) => file.path.endsWith(".py"))
      .flatMap((file) => this.#members(file.path, name));
    return all.length === 1 ? (all[0] ?? null) : null;
  }

  #members(path: string, name: string): Definition[] {
    const module = this.module(path);
    if (!module) return [];
    return [...classes(module.scope)].flatMap(({ symbols }) => {
      const symbol = symbols.get(name);
      return symbol ? [this.resolve(path, symbol)] : [];
    });
  }

  #pathOf(from: string, module: string): string | null {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    // Two dots are the folder above the file's own.
    const folder = dots === 0 ? [] : from.split("/").slice(0, -dots);
    const stem = [...folder, ...module.slice(dots).split(".").filter(Boolean)].join("/");
    const paths = [`${stem}.py`, `${stem}/__init__.py`];
    return paths.find((path) => this.#files.some((file) => file.path === path)) ?? null;
  }
}

function pick({ name, from, to, head, doc }: PythonSymbol): Omit<Definition, "path"> {
  return { name, from, to, head, doc };
}

function textOf({ text }: PythonModule, { from, to }: Node): string {
  return text.slice(from, to);
}

function nameAt({ root }: PythonModule, offset: number): Node | null {
  const around = [root.resolve(offset, 1), root.resolve(offset, -1)];
  return around.find(({ name }) => name === "VariableName" || name === "PropertyName") ?? null;
}

/** The names of a class are not visible in its methods. */
function visible(module: Scope, offset: number, name: string): PythonSymbol | null {
  const scopes = scopesAt(module, offset);
  const open = scopes.filter(({ kind }, index) => index === 0 || kind !== "class");
  return open.map(({ symbols }) => symbols.get(name)).find(Boolean) ?? null;
}

function* classes(scope: Scope): Generator<Scope> {
  if (scope.kind === "class") yield scope;
  for (const child of scope.children) yield* classes(child);
}

/** Whether the node is in the first part of `from module import name`. */
function beforeImport(statement: Node, node: Node): boolean {
  const word = statement.getChild("import");
  return word !== null && node.to <= word.from;
}

function moduleName(module: PythonModule, statement: Node): string {
  const children = childrenOf(statement);
  const end = children.findIndex(({ name }) => name === "import");
  return children
    .slice(1, end)
    .map((child) => textOf(module, child))
    .join("");
}
