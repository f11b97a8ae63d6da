import type { SourceFile } from "../../protocol.gen";
import type { SupervisedWorker } from "../base/supervised_worker";
import type {
  CodePlace,
  Completion,
  CompletionList,
  Description,
  FileEdits,
  OutlineEntry,
  SignatureHelp,
} from "./answers";
import type { LanguageService, ProgramPlace } from "./language_service";
import type { LineMap } from "./line_map";
import { namesBeside, wordBefore } from "./names";
import { addressOf, isPythonPath, ProgramFiles, pathOf } from "./program_files";
import { importedPackages } from "./python_imports";
import {
  completionsOf,
  editsOf,
  markdownOf,
  outlineOf,
  rangeIn,
  type ServerEdits,
  type ServerItem,
  type ServerPlace,
  type ServerSignatures,
  type ServerSymbol,
  signatureOf,
} from "./server_answers";
import { startParams } from "./start_params";
import { readableMarkdown } from "./type_text";

export interface LanguageOptions {
  /** Of messages. */
  readonly locale: string;
  /** The first message, before any other; null: none. */
  readonly boot: unknown;
  /** Of the server, such as where it finds the standard library. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** The files of a package for the server's file system; null: nothing is known about it. */
  stubsOf(name: string): Promise<Readonly<Record<string, string>> | null>;
}

/** Silence that is allowed until all is read for the first time: the standard library, a package. */
const READING_SECONDS = 30;
/**
 * Asks a language server in a worker about a program. Before each question the server is told which
 * files have changed, and gets what is known of the packages that the program imports.
 */
export class LanguageClient implements LanguageService {
  readonly #worker: SupervisedWorker;
  readonly #options: LanguageOptions;
  readonly #files: ProgramFiles;
  readonly #stubs = new Map<string, Promise<Readonly<Record<string, string>> | null>>();
  #ready: Promise<void> | null = null;
  #read = false;

  constructor(worker: SupervisedWorker, options: LanguageOptions) {
    this.#worker = worker;
    this.#options = options;
    this.#files = new ProgramFiles((method, params) => worker.notify(method, params));
    worker.onDidRestart(() => {
      this.#ready = null;
      this.#read = false;
      this.#files.forget();
    });
  }

  /** Until the first question would be answered quickly. */
  async start(files: readonly SourceFile[]): Promise<void> {
    await this.#update(files);
  }

  /** The server knows a file of that name. */
  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Of a file as the server knows it. */
  linesOf(path: string): LineMap {
    return this.#files.lines(path);
  }

  async completions(place: ProgramPlace): Promise<CompletionList | null> {
    const answer = (await this.#ask("completion", place, { context: { triggerKind: 1 } })) as {
      items?: readonly ServerItem[];
      isIncomplete?: boolean;
    } | null;
    if (!answer) return null;
    const text = this.#files.text(place.shown);
    const word = wordBefore(text, place.offset);
    const own = namesBeside(text, place.offset - word.length, place.offset);
    const items = completionsOf(answer.items ?? [], this.#files.lines(place.shown), own);
    const from = place.offset - word.length;
    return { from, to: place.offset, items, incomplete: answer.isIncomplete === true };
  }

  async describe({ source }: Completion): Promise<string> {
    if (source === null) return "";
    const item = (await this.#worker.request("completionItem/resolve", source)) as {
      documentation?: unknown;
    } | null;
    return readableMarkdown(markdownOf(item?.documentation));
  }

  async hover(place: ProgramPlace): Promise<Description | null> {
    const answer = (await this.#ask("hover", place)) as {
      contents?: unknown;
      range?: ServerPlace["range"];
    } | null;
    const markdown = readableMarkdown(markdownOf(answer?.contents));
    if (markdown === "") return null;
    const lines = this.#files.lines(place.shown);
    const range = answer?.range && rangeIn(lines, answer.range);
    return { markdown, from: range?.from ?? place.offset, to: range?.to ?? place.offset };
  }

  async signature(place: ProgramPlace): Promise<SignatureHelp | null> {
    const context = { triggerKind: 1, isRetrigger: false };
    const answer = (await this.#ask("signatureHelp", place, {
      context,
    })) as ServerSignatures | null;
    const signature = answer?.signatures[answer.activeSignature ?? 0] ?? answer?.signatures[0];
    if (!signature) return null;
    return signatureOf(signature, signature.activeParameter ?? answer?.activeParameter ?? -1);
  }

  async definition(place: ProgramPlace): Promise<CodePlace[]> {
    const answer = await this.#ask("definition", place);
    return this.#places(Array.isArray(answer) ? answer : answer ? [answer] : []);
  }

  async references(place: ProgramPlace): Promise<CodePlace[]> {
    const context = { includeDeclaration: true };
    const answer = await this.#ask("references", place, { context });
    return this.#places(Array.isArray(answer) ? answer : []);
  }

  async renamable(place: ProgramPlace): Promise<CodePlace | null> {
    const answer = (await this.#ask("prepareRename", place)) as ServerPlace["range"] | null;
    if (!answer) return null;
    return { path: place.shown, ...rangeIn(this.#files.lines(place.shown), answer) };
  }

  async rename(place: ProgramPlace, newName: string): Promise<FileEdits[] | null> {
    const answer = (await this.#ask("rename", place, { newName })) as ServerEdits | null;
    const changes = [...editsOf(answer ?? {})].map(([uri, edits]) => {
      const path = pathOf(uri);
      if (path === null || !this.#files.has(path)) return null;
      const lines = this.#files.lines(path);
      const made = edits.map(({ range, newText }) => ({
        ...rangeIn(lines, range),
        insert: newText,
      }));
      return { path, edits: made };
    });
    return changes.includes(null) ? null : (changes as FileEdits[]);
  }

  async outline(place: ProgramPlace): Promise<OutlineEntry[]> {
    const answer = await this.#ask("documentSymbol", place);
    const symbols = (Array.isArray(answer) ? answer : []) as ServerSymbol[];
    return outlineOf(symbols, this.#files.lines(place.shown));
  }

  async #ask(method: string, place: ProgramPlace, more: object = {}): Promise<unknown> {
    const uri = addressOf(place.shown);
    if (uri === null || !isPythonPath(place.shown)) return null;
    await this.#update(place.files);
    const position = this.#files.lines(place.shown).positionAt(place.offset);
    const params = { textDocument: { uri }, position, ...more };
    // All is read once for the first question.
    const seconds = this.#read ? [] : [READING_SECONDS];
    const answer = await this.#worker.request(`textDocument/${method}`, params, ...seconds);
    this.#read = true;
    return answer ?? null;
  }

  async #update(files: readonly SourceFile[]): Promise<void> {
    this.#ready ??= this.#initialize();
    try {
      await this.#ready;
    } catch (error) {
      this.#ready = null;
      throw error;
    }
    const names = new Set(
      files.flatMap(({ path, content }) =>
        isPythonPath(path) ? [...importedPackages(content)] : [],
      ),
    );
    await Promise.all([...names].map((name) => this.#load(name)));
    this.#files.update(files);
  }

  async #initialize(): Promise<void> {
    const { boot, configuration, locale } = this.#options;
    if (boot !== null) this.#worker.send(boot);
    const params = startParams(configuration, locale);
    await this.#worker.request("initialize", params, READING_SECONDS);
    this.#worker.notify("initialized", {});
    for (const stubs of this.#stubs.values()) void stubs.then((found) => this.#create(found));
  }

  async #load(name: string): Promise<void> {
    const known = this.#stubs.get(name);
    const stubs = known ?? this.#options.stubsOf(name).catch(() => null);
    this.#stubs.set(name, stubs);
    const found = await stubs;
    if (!known) this.#create(found);
  }

  #create(files: Readonly<Record<string, string>> | null): void {
    if (!files) return;
    this.#read = false;
    const [uri] = Object.keys(files);
    this.#worker.notify("pyright/createFile", { uri: `file://${uri}`, files });
  }

  #places(answer: readonly ServerPlace[]): CodePlace[] {
    return answer.flatMap(({ uri, range }) => {
      const path = pathOf(uri);
      if (path === null || !this.#files.has(path)) return [];
      return [{ path, ...rangeIn(this.#files.lines(path), range) }];
    });
  }
}
