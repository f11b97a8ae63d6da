import type { SnippetContent } from "../../common/snippets/snippet";
import type { SourceFile } from "../../protocol.gen";

/** A valid file name made from a title, which may contain any characters. */
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

/** Downloads the only file of a snippet, or a zip of several. */
export async function downloadSnippet(content: SnippetContent): Promise<void> {
  const [only] = content.files;
  if (content.files.length === 1 && only) downloadFile(only);
  else download(await zipOf(content), `${fileName(content.title)}.zip`);
}

export function downloadFile({ path, content }: SourceFile): void {
  // With a text type the browser could show the file in place of saving it.
  const type = "application/octet-stream";
  download(new Blob([content], { type }), path.slice(path.lastIndexOf("/") + 1));
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // By then the browser has read the blob.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
