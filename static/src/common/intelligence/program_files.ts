import type { SourceFile } from "../../protocol.gen";
import { LineMap } from "./line_map";

/** The folder of the program in the virtual file system of a language server. */
const FOLDER = "file:///project/";

/** What is sent to a language server. */
export type Notify = (method: string, params: unknown) => void;

interface Known {
  readonly text: string;
  readonly version: number;
}

export function isPythonPath(path: string): boolean {
  return /\.pyi?$/i.test(path);
}

/** Null: the name has no address. */
export function addressOf(path: string): string | null {
  try {
    return FOLDER + path.split("/").map(encodeURIComponent).join("/");
  } catch {
    return null; // half a character
  }
}

export function pathOf(address: unknown): string | null {
  if (typeof address !== "string" || !address.startsWith(FOLDER)) return null;
  try {
    return decodeURIComponent(address.slice(FOLDER.length));
  } catch {
    return null;
  }
}

/** The files of a program as a language server knows them. */
export class ProgramFiles {
  readonly #notify: Notify;
  readonly #known = new Map<string, Known>();
  readonly #maps = new WeakMap<Known, LineMap>();
  #versions = 0;

  constructor(notify: Notify) {
    this.#notify = notify;
  }

  get paths(): string[] {
    return [...this.#known.keys()];
  }

  has(path: string): boolean {
    return this.#known.has(path);
  }

  text(path: string): string {
    return this.#known.get(path)?.text ?? "";
  }

  /** Of the text that the server has. */
  lines(path: string): LineMap {
    const known = this.#known.get(path);
    if (!known) return new LineMap("");
    const map = this.#maps.get(known) ?? new LineMap(known.text);
    this.#maps.set(known, map);
    return map;
  }

  /** The server knows nothing: another one was started. */
  forget(): void {
    this.#known.clear();
  }

  /** Tells the server what has changed since it was last told. */
  update(files: readonly SourceFile[]): void {
    const wanted = new Map(
      files
        .filter(({ path }) => isPythonPath(path) && addressOf(path) !== null)
        .map(({ path, content }) => [path, content] as const),
    );
    for (const path of this.paths) if (!wanted.has(path)) this.#close(path);
    for (const [path, content] of wanted) this.#put(path, content);
  }

  /** `content`: of a file that was not shown yet, lines may end in other ways than in editors. */
  #put(path: string, content: string): void {
    const known = this.#known.get(path);
    if (known?.text === content) return;
    const text = content.includes("\r") ? content.replace(/\r\n?/g, "\n") : content;
    if (known?.text === text) return;
    this.#versions += 1;
    const version = this.#versions;
    this.#known.set(path, { text, version });
    const uri = addressOf(path);
    if (known) {
      const textDocument = { uri, version };
      this.#notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
      return;
    }
    // An import finds only what is in the file system; the text is that of the open document.
    this.#notify("pyright/createFile", { uri });
    const textDocument = { uri, languageId: "python", version, text };
    this.#notify("textDocument/didOpen", { textDocument });
  }

  #close(path: string): void {
    this.#known.delete(path);
    const uri = addressOf(path);
    this.#notify("textDocument/didClose", { textDocument: { uri } });
    this.#notify("pyright/deleteFile", { uri });
  }
}
