import { size } from "../../common/i18n/format";
import { problemSentence } from "../../common/i18n/server_sentences";
import { t } from "../../common/i18n/translate";
import { freePath, pathProblem, totalBytes } from "../../common/snippets/source_files";
import { MAX_FILES, type SourceFile, UPLOAD_BYTES } from "../../protocol.gen";
import { textOf } from "./text_file";

/** The files that can be added to the snippet, and a sentence about each one that cannot. */
export interface Upload {
  readonly files: readonly SourceFile[];
  readonly problems: readonly string[];
}

/** The part of `File` that is needed to read it. */
export type PickedFile = Pick<File, "name" | "size" | "arrayBuffer">;

export async function readUpload(
  chosen: readonly PickedFile[],
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
    if (problem)
      problems.push(t("upload.name", { name: short(name), problem: problemSentence(problem) }));
    else if (paths.length >= MAX_FILES) problems.push(problemSentence("too_many_sources"));
    // Checked before reading: a video would fill the memory.
    else if (file.size + bytes > UPLOAD_BYTES) {
      const [is, most] = [size(file.size), size(UPLOAD_BYTES)];
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
