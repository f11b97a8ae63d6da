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

/** They ask whether a file is there. */
const ASKS = /^(?:exists|isfile|is_file|lexists|access|listdir|scandir|glob|iterdir)$/;
/** The program says what happens if it is not there, perhaps where the function is called. */
const CAUGHT = /^[ \t]*except\b[^:\n]*\b(?:FileNotFoundError|OSError|IOError|EnvironmentError)\b/m;

const WRITES =
  /\bopen\s{0,9}\([^()\n]{0,200},\s{0,50}(?:mode\s{0,9}=\s{0,9})?["'][^"'\n]{0,3}[wax+]|\b(?:write_text|write_bytes|touch|savetxt|savefig|to_csv|connect|extractall|copyfile|system)\s{0,9}\(/;

/** Whether the text of a file has what writes files, so that others find them. */
export function mayWrite(text: string): boolean {
  return WRITES.test(text);
}

/** Files that the program reads and that are not there. */
export function* missingFiles(source: Source, { files, writers }: Surroundings): Generator<Advice> {
  if (CAUGHT.test(source.text) || writers.some((path) => path !== source.path)) return;
  const paths = files.map(({ path }) => path);
  const made = new Set<string>();
  const reads: { readonly path: string; readonly node: SyntaxNode }[] = [];
  for (const call of source.calls) {
    const use = useOf(source, call);
    if (use?.reads && use.path !== null) reads.push({ path: use.path, node: use.node });
    else if (use && !use.reads && use.path !== null) made.add(use.path);
    else if (ASKS.test(lastName(source, call))) return;
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
