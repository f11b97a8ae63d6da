import { utf8Length } from "../../common/base/utf8";
import { size } from "../../common/i18n/format";
import { problemSentence } from "../../common/i18n/server_sentences";
import { t } from "../../common/i18n/translate";
import type { AddedFile } from "../../common/snippets/open_files";
import { freePath, pathProblem, totalBytes } from "../../common/snippets/source_files";
import { MAX_FILES, MAX_SOURCE_BYTES, type SourceFile } from "../../protocol.gen";
import { textOf, UTF8 } from "./text_file";

/** The files that can be added to the snippet, and a sentence about each one that cannot. */
export interface Upload {
  readonly files: readonly AddedFile[];
  /** What is data, if there is a place for that: see `readUpload`. */
  readonly data: readonly PickedFile[];
  readonly problems: readonly string[];
}

/** The part of `File` that is needed to read it; the name may have folders. */
export type PickedFile = Pick<File, "name" | "size" | "arrayBuffer">;

/** UTF-16 takes twice as many bytes as UTF-8 for most programs. */
const MOST_READ = 2 * MAX_SOURCE_BYTES + 2;
const ARCHIVE = /\.(?:zip|7z|rar|tar|gz|tgz|bz2|xz)$/i;

/**
 * With `dataBeside`, what has no place among the code is data that lies beside it: files that are no
 * text, and those for which there is no room.
 */
export async function readUpload(
  chosen: readonly PickedFile[],
  present: readonly SourceFile[],
  languages: readonly string[] = [],
  dataBeside = false,
): Promise<Upload> {
  const reader = new UploadReader(present, languages, dataBeside);
  for (const file of chosen) await reader.read(file);
  return reader.upload();
}

class UploadReader {
  readonly #paths: string[];
  readonly #languages: readonly string[];
  readonly #dataBeside: boolean;
  readonly #data: PickedFile[] = [];
  #bytes: number;
  readonly #files: AddedFile[] = [];
  readonly #problems: string[] = [];
  /** Names for which there is no place any more. */
  readonly #tooMany: string[] = [];

  constructor(present: readonly SourceFile[], languages: readonly string[], dataBeside: boolean) {
    this.#dataBeside = dataBeside;
    this.#paths = present.map(({ path }) => path);
    this.#bytes = totalBytes(present);
    this.#languages = languages;
  }

  upload(): Upload {
    const names = this.#tooMany;
    const many = names.length > 0 ? [listed("upload.many", names)] : [];
    return {
      files: this.#files,
      data: this.#data,
      problems: [...new Set([...this.#problems, ...many])],
    };
  }

  async read(file: PickedFile): Promise<void> {
    // macOS writes `ü` as two characters, which `import` and people do not find.
    const name = file.name.normalize("NFC");
    const path = freePath(name, this.#paths);
    const problem = pathProblem(path, this.#paths);
    if (problem) this.#refuse("upload.name", name, { problem: problemSentence(problem) });
    else if (this.#paths.length >= MAX_FILES) this.#elsewhere(file, () => this.#tooMany.push(name));
    // Checked before reading: a video would fill the memory.
    else if (file.size > MOST_READ) {
      this.#elsewhere(file, () => this.#tooLarge(name, file.size));
    } else await this.#take(file, name, path);
  }

  async #take(file: PickedFile, name: string, path: string): Promise<void> {
    // A folder, a file that was deleted or is locked, a network that is gone.
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) return this.#refuse("upload.unreadable", name);
    const found = textOf(new Uint8Array(bytes), this.#languages);
    if (found === null) {
      const problem = ARCHIVE.test(name) ? "upload.archive" : "upload.binary";
      return this.#elsewhere(file, () => this.#refuse(problem, name));
    }
    const { text, encoding } = found;
    const length = utf8Length(text);
    if (this.#bytes + length > MAX_SOURCE_BYTES) {
      return this.#elsewhere(file, () => this.#tooLarge(name, length));
    }
    const converted = encoding !== UTF8 && { convertedFrom: encoding };
    this.#files.push({ path, content: text, ...converted });
    this.#paths.push(path);
    this.#bytes += length;
  }

  #elsewhere(file: PickedFile, refuse: () => void): void {
    if (this.#dataBeside) this.#data.push(file);
    else refuse();
  }

  #tooLarge(name: string, bytes: number): void {
    this.#refuse("upload.large", name, { size: size(bytes), most: size(MAX_SOURCE_BYTES) });
  }

  #refuse(key: Parameters<typeof t>[0], name: string, values: Record<string, string> = {}): void {
    this.#problems.push(t(key, { name: short(name), ...values }));
  }
}

const NAMED = 5;

/** A sentence about several files: some of their names, and how many there are more. */
export function listed(key: Parameters<typeof t>[0], names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map(short).join(", ");
  const rest = names.length - NAMED;
  return t(key, {
    names: rest > 0 ? t("upload.and_more", { names: shown, count: rest }) : shown,
    most: MAX_FILES,
  });
}

function short(name: string): string {
  return name.length > 60 ? `…${name.slice(-57)}` : name;
}
