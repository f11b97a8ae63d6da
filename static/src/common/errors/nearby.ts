import type { SourceFile } from "../../protocol.gen";

/** Of a long file so many characters are read above the line of an error, and from its beginning on. */
const ABOVE = 64 * 1024;
const BELOW = 16 * 1024;

/** The part of a file that is read for an error: reading a large file would stop the page for a moment. */
export function nearby(file: SourceFile, fault: { path: string; line: number }): SourceFile {
  const { path, content } = file;
  if (content.length <= ABOVE + BELOW) return file;
  if (path !== fault.path) return { path, content: content.slice(0, ABOVE) };
  const at = startOf(content, fault.line);
  const from = at > ABOVE ? content.indexOf("\n", at - ABOVE) + 1 || at - ABOVE : 0;
  // Line numbers stay what they are.
  const above = "\n".repeat(linesBefore(content, from));
  return { path, content: above + content.slice(from, at + BELOW) };
}

/** The offset at which a line begins; of a line that does not exist, the end. */
function startOf(content: string, line: number): number {
  let at = 0;
  for (let number = 1; number < line; number += 1) {
    const end = content.indexOf("\n", at);
    if (end < 0) return content.length;
    at = end + 1;
  }
  return at;
}

function linesBefore(content: string, offset: number): number {
  let lines = 0;
  for (let at = content.indexOf("\n"); at >= 0 && at < offset; lines += 1) {
    at = content.indexOf("\n", at + 1);
  }
  return lines;
}
