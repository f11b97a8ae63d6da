import type { LanguageOption } from "../../protocol.gen";
import { extensionOf } from "../snippets/source_files";

/** What opens and closes a block of a language, beside brackets: both are tried on whole lines. */
export interface BlockRules {
  readonly opens: RegExp | null;
  readonly closes: RegExp | null;
  /** Files that do not say otherwise are indented by tabs. */
  readonly tabs: boolean;
}

/** How a file is highlighted and indented. */
export interface FileLanguage {
  readonly path: string;
  /** Names of grammars; empty: the editor decides by the file's extension. */
  readonly monaco: string;
  readonly codemirror: string;
  readonly blocks: BlockRules;
}

/** What a file's language depends on. */
export type LanguageRules = Pick<
  LanguageOption,
  "id" | "extensions" | "headers" | "monaco" | "codemirror" | "indentation"
>;

const NO_BLOCKS: BlockRules = { opens: null, closes: null, tabs: false };
/** Files of no program that editors cannot name by their extension alone. */
const MAKEFILE = /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/;
/** JSON is written as in JavaScript; Monaco's own mode for it is a language server. */
const JSON_FILE = { monaco: "javascript", codemirror: "json" };

/** `open`: the language of the snippet, which comes first if several have the extension. */
export function fileLanguage(
  path: string,
  languages: readonly LanguageRules[],
  open = "",
): FileLanguage {
  const language = languageOfFile(path, languages, open);
  if (language) {
    const { monaco, codemirror } = language;
    return { path, monaco, codemirror, blocks: blockRules(language) };
  }
  const known = /\.json$/i.test(path) ? JSON_FILE : { monaco: "", codemirror: "" };
  return { path, ...known, blocks: { ...NO_BLOCKS, tabs: MAKEFILE.test(path) } };
}

/** Null for data: no language has its extension. */
export function languageOfFile<Known extends Pick<LanguageOption, "id" | "extensions" | "headers">>(
  path: string,
  languages: readonly Known[],
  open = "",
): Known | null {
  const extension = extensionOf(path);
  const small = extension.toLowerCase();
  const found = languages.filter(({ extensions, headers }) => {
    const known = [...extensions, ...headers];
    return known.includes(extension) || known.includes(small);
  });
  return found.find(({ id }) => id === open) ?? found[0] ?? null;
}

export function isPython({ monaco }: Pick<FileLanguage, "monaco">): boolean {
  return monaco === "python";
}

function blockRules({ indentation }: LanguageRules): BlockRules {
  const { opens, closes, tabs } = indentation;
  return { opens: rule(opens), closes: rule(closes), tabs };
}

function rule(pattern: string): RegExp | null {
  return pattern === "" ? null : new RegExp(pattern);
}
