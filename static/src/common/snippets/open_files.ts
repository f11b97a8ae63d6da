import type { SourceFile } from "../../protocol.gen";

export interface OpenFile {
  /** Stays the same while the file is open, also when it is renamed. */
  readonly key: string;
  path: string;
  content: string;
  /** Of a file that was added: the encoding from which it was converted to UTF-8. */
  readonly convertedFrom?: string;
}

/** A file to be opened. */
export type AddedFile = SourceFile & Pick<OpenFile, "convertedFrom">;

/** The files of the open snippet: at least one; one is shown, and one is the main file. */
export class OpenFiles {
  #files: OpenFile[] = [];
  #main = "";
  #shown = "";
  #keys = 0;
  #generation = 0;

  put(files: readonly SourceFile[], main: string): void {
    this.#files = files.map(({ path, content }) => this.#opened(path, content));
    const run = this.#files.find(({ path }) => path === main) ?? this.#files[0];
    if (!run) throw new Error("a snippet without files");
    this.#main = run.path;
    this.#shown = run.key;
    this.#generation += 1;
  }

  /** Changes when another snippet is opened, and at no other time. */
  get generation(): number {
    return this.#generation;
  }

  get main(): string {
    return this.#main;
  }

  get paths(): string[] {
    return this.#files.map(({ path }) => path);
  }

  get files(): SourceFile[] {
    return this.#files.map(({ path, content }) => ({ path, content }));
  }

  get shown(): OpenFile {
    const file = this.#files.find(({ key }) => key === this.#shown);
    if (!file) throw new Error("no snippet is open");
    return file;
  }

  find(path: string): OpenFile | undefined {
    return this.#files.find((file) => file.path === path);
  }

  show(file: OpenFile): void {
    this.#shown = file.key;
  }

  add(files: readonly AddedFile[]): void {
    for (const { path, content, convertedFrom } of files) {
      const converted = convertedFrom !== undefined && { convertedFrom };
      this.#files.push({ ...this.#opened(path, content), ...converted });
    }
  }

  rename(file: OpenFile, path: string): void {
    if (this.#main === file.path) this.#main = path;
    file.path = path;
  }

  /** False for the only file, which stays. The file before it takes its role: shown, main. */
  remove(file: OpenFile): boolean {
    const index = this.#files.indexOf(file);
    if (this.#files.length === 1 || index < 0) return false;
    this.#files.splice(index, 1);
    const neighbour = this.#files[Math.max(0, index - 1)] as OpenFile;
    if (this.#main === file.path) this.#main = neighbour.path;
    if (this.#shown === file.key) this.#shown = neighbour.key;
    return true;
  }

  setMain(file: OpenFile): void {
    this.#main = file.path;
  }

  #opened(path: string, content: string): OpenFile {
    this.#keys += 1;
    return { key: String(this.#keys), path, content };
  }
}
