import type { IBuffer } from "@xterm/xterm";

/** The whole buffer of a terminal, with wrapped lines joined. */
export function bufferText(buffer: IBuffer): string {
  const lines: string[] = [];
  for (let y = 0; y < buffer.length; y += 1) {
    const line = buffer.getLine(y);
    if (!line) continue;
    const wraps = buffer.getLine(y + 1)?.isWrapped ?? false;
    const text = line.translateToString(!wraps);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  // Without the empty rows below; a prompt keeps the space at its end.
  return lines.join("\n").replace(/\n+$/, "");
}
