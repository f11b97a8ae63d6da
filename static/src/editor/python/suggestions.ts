import type { SourceFile } from "../../protocol.gen";
import { parseUntil } from "./bounded_parse";
import {
  type PythonModule,
  type PythonSymbol,
  parsePython,
  type Scope,
  type SymbolKind,
} from "./symbols";

export type SuggestionKind = SymbolKind | "keyword" | "builtin" | "word";

export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** How the name is defined; empty if nothing is known about it. */
  readonly detail: string;
}

/** What may be done on the page's main thread. */
export interface Effort {
  /** Without time, names are words alone. */
  readonly parseMs: number;
  /** How many are searched for words: those around the cursor, and then the other files. */
  readonly characters: number;
}

/** A key was pressed for them. */
export const ASKED: Effort = { parseMs: 100, characters: 1024 * 1024 };
/** Somebody types on, and no key may wait for them. */
export const TYPING: Effort = { parseMs: 5, characters: 24 * 1024 };
/** Likewise, while a worker tells what the program defines. */
export const BESIDE_A_WORKER: Effort = { ...TYPING, parseMs: 0 };

const MOST = 1000;
const LEAST_LETTERS = 2;
/** Characters of a name. */
const LONGEST = 200;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

const KEYWORDS =
  "and as assert async await break case class continue def del elif else except False finally for " +
  "from global if import in is lambda match None nonlocal not or pass raise return True try while " +
  "with yield";
const BUILTINS =
  "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict dir divmod " +
  "enumerate eval exec filter float format frozenset getattr hasattr hash help hex id input int " +
  "isinstance issubclass iter len list map max min next object oct open ord pow print property " +
  "range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars " +
  "zip ArithmeticError AttributeError EOFError Exception FileNotFoundError ImportError IndexError " +
  "KeyboardInterrupt KeyError LookupError ModuleNotFoundError NameError NotImplementedError " +
  "OSError OverflowError PermissionError RecursionError RuntimeError StopIteration SyntaxError " +
  "TypeError UnboundLocalError UnicodeError ValueError ZeroDivisionError __name__ __file__";
/** Methods of strings, lists, dictionaries, sets and files: what a name after a dot may be. */
const METHODS =
  "add append capitalize clear close copy count discard endswith extend find format get index " +
  "insert isalpha isdigit islower isupper items join keys lower lstrip pop read readline readlines " +
  "remove replace reverse rstrip setdefault sort split splitlines startswith strip title union " +
  "update upper values write writelines";

/**
 * What the name at `offset` of the file `path` could become: first what the program defines, then
 * the words of Python, then other words of all files.
 */
export function suggestionsAt(
  files: readonly SourceFile[],
  path: string,
  offset: number,
  effort = ASKED,
): Suggestion[] {
  const text = files.find((file) => file.path === path)?.content ?? "";
  const found = new Map<string, Suggestion>();
  const add = (label: string, kind: SuggestionKind, detail = "") => {
    if (!found.has(label) && found.size < MOST) found.set(label, { label, kind, detail });
  };
  const python = path.endsWith(".py");
  const afterDot = /\.[\p{L}\p{N}_]*$/u.test(text.slice(Math.max(0, offset - LONGEST), offset));
  const until = parseUntil(effort.parseMs);
  for (const file of python && effort.parseMs > 0 ? inOrder(files, path) : []) {
    if (!file.path.endsWith(".py")) continue;
    const typing = file.path === path ? offset : null;
    addSymbols(parsePython(file.content, until), afterDot, typing, add);
  }
  const words = afterDot ? [METHODS] : [KEYWORDS, BUILTINS];
  const kinds: readonly SuggestionKind[] = afterDot ? ["function"] : ["keyword", "builtin"];
  words.forEach((list, index) => {
    for (const word of python ? list.split(" ") : []) add(word, kinds[index] ?? "word");
  });
  let left = effort.characters;
  for (const file of inOrder(files, path)) {
    for (const word of wordsOf(file, file.path === path ? offset : null, left)) add(word, "word");
    left -= Math.min(left, file.content.length);
  }
  return [...found.values()];
}

/** The shown file first. */
function inOrder(files: readonly SourceFile[], path: string): SourceFile[] {
  const shown = files.filter((file) => file.path === path);
  return [...shown, ...files.filter((file) => file.path !== path)];
}

/** Without a name that only the word at `typing` defines, as the half of one in an import. */
function addSymbols(
  { scope, text }: PythonModule,
  members: boolean,
  typing: number | null,
  add: (label: string, kind: SuggestionKind, detail: string) => void,
): void {
  const unfinished = ({ name, from, to }: PythonSymbol) =>
    typing !== null && from <= typing && typing <= to && !isElsewhere(name, text, from);
  const read = (scope: Scope) => {
    for (const symbol of members && scope.kind === "function" ? [] : scope.symbols.values()) {
      const { name, kind, head } = symbol;
      if (!unfinished(symbol)) add(name, kind, head === name ? "" : head);
    }
    for (const child of scope.children) read(child);
  };
  read(scope);
}

function isElsewhere(name: string, text: string, from: number): boolean {
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (word === name && index !== from) return true;
  }
  return false;
}

/** The words of a file, without the one that is being typed at `typing`, around which they are. */
function* wordsOf(file: SourceFile, typing: number | null, most: number): Generator<string> {
  const from = Math.max(0, (typing ?? 0) - Math.floor(most / 2));
  const part = file.content.slice(from, from + most);
  for (const { 0: word, index } of part.matchAll(WORD)) {
    const at = from + index;
    const cut = (index === 0 && from > 0) || (index + word.length === most && most > 0);
    const typed = typing !== null && at < typing && typing <= at + word.length;
    if (!cut && !typed && word.length >= LEAST_LETTERS) yield word;
  }
}
