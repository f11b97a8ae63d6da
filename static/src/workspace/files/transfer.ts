import { t } from "../../common/i18n/translate";
import { size } from "../../common/i18n/words";
import type { SnippetContent } from "../../common/snippets/snippet";
import {
  freePath,
  MOST_BYTES,
  MOST_FILES,
  pathProblem,
  totalBytes,
} from "../../common/snippets/source_files";
import type { SourceFile } from "../../protocol.gen";
import { textOf } from "./text_file";

/** What was dropped or chosen, sorted into files that fit and sentences about those that do not. */
export interface Upload {
  readonly files: readonly SourceFile[];
  readonly problems: readonly string[];
}

/** `name` of a file in a folder that was dropped is its path. */
export type Chosen = Pick<File, "name" | "size" | "arrayBuffer">;

export async function readUpload(
  chosen: readonly Chosen[],
  present: readonly SourceFile[],
): Promise<Upload> {
  const paths = present.map(({ path }) => path);
  let bytes = totalBytes(present);
  const files: SourceFile[] = [];
  const problems: string[] = [];
  for (const file of chosen) {
    const { name } = file;
    const path = freePath(name, paths);
    const problem = pathProblem(path, paths);
    if (problem) problems.push(t("upload.name", { name: short(name), problem: t(problem) }));
    else if (paths.length >= MOST_FILES) problems.push(t("files.many", { most: MOST_FILES }));
    // Not even read: a film would fill the memory.
    else if (file.size + bytes > MOST_BYTES) {
      const [is, most] = [size(file.size), size(MOST_BYTES)];
      problems.push(t("upload.large", { name: short(name), size: is, most }));
    } else {
      const content = textOf(new Uint8Array(await file.arrayBuffer()));
      if (content === null) problems.push(t("upload.binary", { name: short(name) }));
      else {
        files.push({ path, content });
        paths.push(path);
        bytes += file.size;
      }
    }
  }
  return { files, problems: [...new Set(problems)] };
}

function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 57)}…` : name;
}

/** A name for a file on disk, of a title that may hold anything. */
export function fileName(title: string): string {
  const plain = title.replace(/[\p{C}<>:"/\\|?*]+/gu, " ").trim();
  return (
    plain
      .replace(/^[.\s]+/, "")
      .slice(0, 80)
      .trim() || "snippet"
  );
}

export async function zipOf(content: SnippetContent): Promise<Blob> {
  const { strToU8, zipSync } = await import("fflate");
  const files = content.files.map(({ path, content: text }) => [path, strToU8(text)] as const);
  const bytes = zipSync(Object.fromEntries(files), { level: 6 });
  return new Blob([bytes as BlobPart], { type: "application/zip" });
}

/** A snippet of one file is that file; of several, a zip of them. */
export async function downloadSnippet(content: SnippetContent): Promise<void> {
  const [only] = content.files;
  if (content.files.length === 1 && only) downloadFile(only);
  else download(await zipOf(content), `${fileName(content.title)}.zip`);
}

export function downloadFile({ path, content }: SourceFile): void {
  // As text the browser might show it; it shall be a file.
  const type = "application/octet-stream";
  download(new Blob([content], { type }), path.slice(path.lastIndexOf("/") + 1));
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it by then.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
