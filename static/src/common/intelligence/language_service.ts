import type { SourceFile } from "../../protocol.gen";
import type {
  CodePlace,
  Completion,
  CompletionList,
  Description,
  FileEdits,
  OutlineEntry,
  SignatureHelp,
} from "./answers";

/** A place in a program: `files` are all of its files, with their newest text. */
export interface ProgramPlace {
  readonly files: readonly SourceFile[];
  readonly shown: string;
  readonly offset: number;
}

/** What answers questions about the programs of a family of languages. Any answer may be a rejection. */
export interface LanguageService {
  completions(place: ProgramPlace): Promise<CompletionList | null>;
  /** How a completion is defined, and its documentation, as Markdown. */
  describe(completion: Completion): Promise<string>;
  hover(place: ProgramPlace): Promise<Description | null>;
  signature(place: ProgramPlace): Promise<SignatureHelp | null>;
  /** Those in the program's own files: a standard library has none that could be shown. */
  definition(place: ProgramPlace): Promise<CodePlace[]>;
  references(place: ProgramPlace): Promise<CodePlace[]>;
  /** The name at a place that can get another one; null: there is none. */
  renamable(place: ProgramPlace): Promise<CodePlace | null>;
  /** Null: the name occurs in a file that is not the program's. */
  rename(place: ProgramPlace, newName: string): Promise<FileEdits[] | null>;
  outline(place: ProgramPlace): Promise<OutlineEntry[]>;
}
