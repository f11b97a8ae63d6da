import {
  foldService,
  LanguageDescription,
  type LanguageSupport,
  StreamLanguage,
} from "@codemirror/language";
import type { EditorState, Extension } from "@codemirror/state";
import type { FileLanguage } from "../../common/languages/file_language";
import { indentationOf, isBlank } from "../indentation/lines";

export interface Grammar {
  /** As @codemirror/language-data has it. */
  readonly name: string;
  readonly support: LanguageSupport;
}

/** CodeMirror's grammar of a file, loaded on demand; null: it has none. */
export async function grammarOf({ path, codemirror }: FileLanguage): Promise<Grammar | null> {
  const { languages } = await import("@codemirror/language-data");
  const known = codemirror
    ? LanguageDescription.matchLanguageName(languages, codemirror, false)
    : LanguageDescription.matchFilename(languages, path.slice(path.lastIndexOf("/") + 1));
  return known && { name: known.name, support: await known.load() };
}

/** Lines that one place is compared with. */
const MOST_LINES = 2000;

/** Grammars that read line by line know no blocks: there, deeper lines below a line are its block. */
export function foldsByIndentation({ language }: LanguageSupport): Extension {
  return language instanceof StreamLanguage ? foldService.of(deeperLines) : [];
}

function deeperLines(
  { doc }: EditorState,
  from: number,
  to: number,
): { from: number; to: number } | null {
  const head = doc.lineAt(from);
  if (isBlank(head.text)) return null;
  const own = indentationOf(head.text).length;
  let end = to;
  const last = Math.min(doc.lines, head.number + MOST_LINES);
  for (let number = head.number + 1; number <= last; number += 1) {
    const line = doc.line(number);
    if (isBlank(line.text)) continue;
    if (indentationOf(line.text).length <= own) break;
    end = line.to;
  }
  return end > to ? { from: to, to: end } : null;
}
