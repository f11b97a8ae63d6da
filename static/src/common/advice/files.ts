import type { Advice, Surroundings } from "./rule";
import { isGuarded, type Source, type SyntaxNode } from "./source";
import { text } from "./texts";

const OPENS: ReadonlySet<string> = new Set(["open", "io.open", "codecs.open", "builtins.open"]);
/** They read the file that their first argument names. */
const READERS = /(?:^|\.)(?:read_csv|read_excel|read_json|loadtxt|genfromtxt|imread)$/;
const PATHS: ReadonlySet<string> = new Set(["Path", "pathlib.Path"]);
const READ_METHODS = /^(?:read_text|read_bytes)$/;
/** What may make files, or another folder. */
const MAKES =
  /(?:^|\.)(?:chdir|rename|copy|copyfile|move|extractall|urlretrieve|savetxt|savefig|to_csv|connect|system|run|dump|write_text|write_bytes|touch)$/;

/** Files that the program reads and that are not there. */
export function* missingFiles(source: Source, { files }: Surroundings): Generator<Advice> {
  const paths = files.map(({ path }) => path);
  const made = new Set<string>();
  const reads: { readonly path: string; readonly node: SyntaxNode }[] = [];
  for (const call of source.calls) {
    const use = useOf(source, call);
    if (use?.reads && use.path !== null) reads.push({ path: use.path, node: use.node });
    else if (use && !use.reads && use.path !== null) made.add(use.path);
    // The program may make any file.
    else if (use ? !use.reads : MAKES.test(lastName(source, call))) return;
  }
  for (const { path, node } of reads) {
    if (/^(?:[/~]|https?:)|\.\.|\\/.test(path) || path === "") continue;
    if (made.has(path) || paths.includes(path.replace(/^\.\//, "")) || isGuarded(source, node))
      continue;
    const similar = paths.find((one) => one.toLowerCase() === path.toLowerCase());
    const more = similar ? text("file_similar", { path: similar }) : text("file_missing_more");
    yield { kind: "file_missing", node, message: text("file_missing", { path }), more };
  }
}

interface Use {
  /** Null: not a literal. */
  readonly path: string | null;
  readonly node: SyntaxNode;
  readonly reads: boolean;
}

function useOf(source: Source, call: SyntaxNode): Use | null {
  const name = source.callee(call);
  const args = source.arguments(call);
  const node = args.find((one) => one.name === "file" || one.name === null)?.value;
  if (name !== null && OPENS.has(name) && node) {
    const given = args.find((one) => one.name === "mode") ?? args[1];
    const mode = given && given.name !== "encoding" ? source.string(given.value) : "r";
    return { path: source.string(node), node, reads: mode !== null && !/[wax]/.test(mode) };
  }
  if (name !== null && READERS.test(name) && node) {
    return { path: source.string(node), node, reads: true };
  }
  const inner = call.firstChild?.firstChild;
  if (READ_METHODS.test(lastName(source, call)) && inner?.name === "CallExpression") {
    const [path] = source.arguments(inner);
    if (!PATHS.has(source.callee(inner) ?? "") || !path) return null;
    return { path: source.string(path.value), node: path.value, reads: true };
  }
  return null;
}

function lastName(source: Source, call: SyntaxNode): string {
  const callee = call.firstChild;
  return callee ? (/[\w]+$/.exec(source.of(callee))?.[0] ?? "") : "";
}
