import type { PickedFile } from "./upload";

/** What is read of folders: more files than a program may have, so that the rest can be named. */
export const MOST_FILES = 200;
export const MOST_DEPTH = 8;
/** Folders that tools keep beside programs. */
const OF_TOOLS = /^(?:\.|__pycache__$|node_modules$|venv$)/;
/** Files that desktops put into folders, and no program wants. */
const OF_DESKTOPS = /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/;

/** Whether a file that was chosen in a folder is one of its user's, by its path. */
export function isWanted(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  return !OF_DESKTOPS.test(name) && !folders.some((folder) => OF_TOOLS.test(folder));
}

export interface Gathered {
  readonly files: readonly PickedFile[];
  /** Names of folders and files of which nothing was read. */
  readonly unread: readonly string[];
  /** Folders without any file. */
  readonly empty: readonly string[];
  /** There are more than MOST_FILES. */
  readonly more: boolean;
}

/** The files of a drop. Call it while the event is handled: later the browser has forgotten them. */
export function gather(data: DataTransfer): Promise<Gathered> {
  const files = [...data.files];
  const entries = [...data.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry?.() ?? null);
  const folders = entries.filter((entry) => entry?.isDirectory) as FileSystemDirectoryEntry[];
  // A folder is in `files`, too, as a file that cannot be read.
  const plain = files.filter((_, at) => !entries[at]?.isDirectory);
  return new FolderReader(plain).read(folders);
}

class FolderReader {
  readonly #files: PickedFile[];
  readonly #unread: string[] = [];
  readonly #empty: string[] = [];
  #more = false;

  constructor(files: readonly PickedFile[]) {
    this.#files = [...files];
  }

  async read(folders: readonly FileSystemDirectoryEntry[]): Promise<Gathered> {
    for (const folder of folders) {
      const before = this.#files.length + this.#unread.length;
      await this.#folder(folder, folder.name, 1);
      if (this.#files.length + this.#unread.length === before) this.#empty.push(folder.name);
    }
    return { files: this.#files, unread: this.#unread, empty: this.#empty, more: this.#more };
  }

  async #folder(folder: FileSystemDirectoryEntry, path: string, depth: number): Promise<void> {
    if (depth > MOST_DEPTH || OF_TOOLS.test(folder.name)) {
      this.#unread.push(path);
      return;
    }
    const reader = folder.createReader();
    try {
      // A browser gives some entries at a time, and none at the end.
      for (let some = await next(reader); some.length > 0; some = await next(reader)) {
        for (const entry of some) await this.#entry(entry, `${path}/${entry.name}`, depth);
        if (this.#more) return;
      }
    } catch {
      this.#unread.push(path);
    }
  }

  async #entry(entry: FileSystemEntry, path: string, depth: number): Promise<void> {
    if (this.#files.length >= MOST_FILES) this.#more = true;
    else if (OF_DESKTOPS.test(entry.name)) return;
    else if (entry.isDirectory) {
      await this.#folder(entry as FileSystemDirectoryEntry, path, depth + 1);
    } else {
      const file = await fileOf(entry as FileSystemFileEntry).catch(() => null);
      if (file === null) this.#unread.push(path);
      else this.#files.push(named(file, path));
    }
  }
}

function next(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((found, failed) => reader.readEntries(found, failed));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((found, failed) => entry.file(found, failed));
}

function named(file: File, name: string): PickedFile {
  return { name, size: file.size, arrayBuffer: () => file.arrayBuffer() };
}
