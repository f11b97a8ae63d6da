import { t } from "../../common/i18n/translate";
import type {
  CodePlace,
  Completion,
  CompletionKind,
  CompletionList,
  Description,
} from "../../common/intelligence/answers";
import type { ProgramPlace } from "../../common/intelligence/language_service";
import { escapedMarkdown } from "../../common/intelligence/markdown";
import { wordBefore } from "../../common/intelligence/names";
import { isPythonPath } from "../../common/intelligence/program_files";
import type { LanguageWords } from "../../protocol.gen";
import { definitionAt } from "../python/definitions";
import { ASKED, BESIDE_A_WORKER, suggestionsAt, TYPING } from "../python/suggestions";

export interface WordSource {
  /** The keywords and templates of the language of a file; null: it has none. */
  words(path: string): Promise<LanguageWords | null>;
}

const NO_WORDS: LanguageWords = { keywords: [], templates: [] };

/** What is known of a program without a worker. */
export class LocalHelp {
  readonly #source: WordSource;

  constructor(source: WordSource) {
    this.#source = source;
  }

  /**
   * What a worker has found, if it has, and after that: templates, and words of all files. `asked`:
   * by a key, not while somebody types on.
   */
  async completed(
    place: ProgramPlace,
    found: CompletionList | null,
    asked: boolean,
  ): Promise<CompletionList> {
    const { files, shown, offset } = place;
    const text = files.find(({ path }) => path === shown)?.content ?? "";
    const word = wordBefore(text, offset);
    const from = offset - word.length;
    const afterDot = text[from - 1] === ".";
    // Members are known to a worker alone; without one, all words may be members.
    if (afterDot && found && found.items.length > 0) return found;
    const words = afterDot ? NO_WORDS : await this.#words(shown);
    const typing = found ? BESIDE_A_WORKER : TYPING;
    const effort = asked ? ASKED : typing;
    const own = suggestionsAt(files, shown, offset, effort).map(({ label, kind, detail }) =>
      completion(label, kind, detail),
    );
    const items = [
      ...(found?.items ?? []),
      ...words.templates.map(({ name, text: insert }) => ({
        ...completion(name, "template", firstLine(insert)),
        insert,
        template: true,
      })),
      ...words.keywords.map((keyword) => completion(keyword, "keyword", "")),
      ...own.filter(({ kind }) => !found || (kind !== "keyword" && kind !== "builtin")),
    ];
    const range = found ?? { from, to: offset };
    const incomplete = found?.incomplete ?? false;
    return { from: range.from, to: range.to, items: withoutRepetitions(items), incomplete };
  }

  hover({ files, shown, offset }: ProgramPlace): Description | null {
    const found = isPythonPath(shown) ? definitionAt(files, shown, offset) : null;
    if (!found) return null;
    const texts = [
      found.doc,
      found.path === shown ? "" : t("definition.file", { path: found.path }),
    ];
    const markdown = escapedMarkdown([
      { kind: "code", text: found.head, language: "python" },
      ...texts
        .filter((text) => text !== "")
        .map((text) => ({ kind: "text", spans: [{ text, style: "plain" }] }) as const),
    ]);
    return { markdown, from: offset, to: offset };
  }

  definition({ files, shown, offset }: ProgramPlace): CodePlace[] {
    const found = definitionAt(files, shown, offset);
    return found ? [{ path: found.path, from: found.from, to: found.to }] : [];
  }

  async #words(path: string): Promise<LanguageWords> {
    return (await this.#source.words(path).catch(() => null)) ?? NO_WORDS;
  }
}

function completion(label: string, kind: CompletionKind, detail: string): Completion {
  return { label, kind, detail, insert: label, template: false, range: null, source: null };
}

/** A template may be called as a keyword is; otherwise the first one with a name stays. */
function withoutRepetitions(items: readonly Completion[]): Completion[] {
  const seen = new Set<string>();
  return items.filter(({ label, template }) => {
    const key = template ? `template ${label}` : label;
    return !seen.has(key) && seen.add(key);
  });
}

/** Of a template, without its marks. */
function firstLine(template: string): string {
  const [line = ""] = template.split("\n");
  return line.replace(/\$\{\d+:([^}]*)\}|\$\{?\d+\}?/g, "$1").trim();
}
