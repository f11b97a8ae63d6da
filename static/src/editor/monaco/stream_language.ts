import { StreamLanguage, type StreamParser, StringStream } from "@codemirror/language";
import { languages } from "monaco-editor/editor.js";
import type { FileLanguage } from "../../common/languages/file_language";
import { grammarOf } from "../codemirror/grammars";

/** The classes of Monaco's theme for CodeMirror's names of tokens. */
const CLASSES: Readonly<Record<string, string>> = {
  atom: "number",
  attribute: "attribute.name",
  builtin: "predefined",
  comment: "comment",
  def: "type",
  error: "invalid",
  keyword: "keyword",
  meta: "metatag",
  number: "number",
  operator: "delimiter",
  property: "type",
  string: "string",
  tag: "tag",
  type: "type",
  "string-2": "string",
  "variable-2": "variable",
  "variable-3": "type",
};
const TAB = 4;
const MOST_TRIES = 10;
const BRACKETS: languages.CharacterPair[] = [
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
];

/** Lets Monaco colour a file by a grammar of CodeMirror that reads line by line; null: there is none. */
export async function registerStreamLanguage(file: FileLanguage): Promise<string | null> {
  const grammar = await grammarOf(file);
  const parser = grammar && streamParser(grammar.support.language);
  if (!parser) return null;
  const id = `codemirror-${grammar.name.toLowerCase().replace(/[^a-z0-9]/g, "-")}`;
  if (languages.getLanguages().some((known) => known.id === id)) return id;
  languages.register({ id });
  languages.setTokensProvider(id, new StreamTokens(parser));
  const { line, block } = parser.languageData?.commentTokens ?? {};
  languages.setLanguageConfiguration(id, {
    comments: {
      ...(line && { lineComment: line }),
      ...(block && { blockComment: [block.open, block.close] as languages.CharacterPair }),
    },
    brackets: BRACKETS,
    autoClosingPairs: [
      ...BRACKETS.map(([open, close]) => ({ open, close })),
      { open: '"', close: '"', notIn: ["string", "comment"] },
    ],
  });
  return id;
}

interface CommentTokens {
  readonly line?: string;
  readonly block?: { readonly open: string; readonly close: string };
}

type Parser = Required<Pick<StreamParser<unknown>, "startState" | "copyState" | "blankLine">> &
  Pick<StreamParser<unknown>, "token"> & {
    readonly languageData?: { readonly commentTokens?: CommentTokens };
  };

/** CodeMirror keeps it in the language; null for grammars of another kind. */
function streamParser(language: unknown): Parser | null {
  if (!(language instanceof StreamLanguage)) return null;
  return (language as unknown as { readonly streamParser: Parser }).streamParser;
}

/** The state of a grammar at the beginning of a line. */
class LineState implements languages.IState {
  readonly #parser: Parser;
  readonly value: unknown;

  constructor(parser: Parser, value: unknown) {
    this.#parser = parser;
    this.value = value;
  }

  clone(): LineState {
    return new LineState(this.#parser, this.#parser.copyState(this.value));
  }

  equals(other: languages.IState): boolean {
    return other instanceof LineState && isSame(other.value, this.value);
  }
}

/** Of two states of a grammar: small trees, in which functions may be. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) {
    return Object.is(one, other);
  }
  const [here, there] = [Object.entries(one), new Map(Object.entries(other))];
  return here.length === there.size && here.every(([key, value]) => isSame(value, there.get(key)));
}

class StreamTokens implements languages.TokensProvider {
  readonly #parser: Parser;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  getInitialState(): LineState {
    return new LineState(this.#parser, this.#parser.startState(TAB));
  }

  tokenize(line: string, before: languages.IState): languages.ILineTokens {
    const endState = (before as LineState).clone();
    const tokens: languages.IToken[] = [];
    if (line === "") this.#parser.blankLine(endState.value, TAB);
    const stream = new StringStream(line, TAB, TAB);
    while (!stream.eol()) {
      stream.start = stream.pos;
      tokens.push({ startIndex: stream.pos, scopes: classOf(this.#next(stream, endState.value)) });
    }
    return { tokens, endState };
  }

  /** A grammar may first change its state only. */
  #next(stream: StringStream, state: unknown): string | null {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const name = this.#parser.token(stream, state);
      if (stream.pos > stream.start) return name;
    }
    stream.skipToEnd();
    return null;
  }
}

function classOf(name: string | null): string {
  const first = name?.split(/[ .]/).find((word) => CLASSES[word] !== undefined);
  return CLASSES[first ?? ""] ?? "";
}
