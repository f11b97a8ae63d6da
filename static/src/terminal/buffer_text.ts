import type { IBuffer, IBufferLine } from "@xterm/xterm";
import { leavesRoom } from "./text/logical_lines";

/** The whole buffer of a terminal, with wrapped lines joined. */
export function bufferText(buffer: IBuffer): string {
  const lines: string[] = [];
  for (let y = 0; y < buffer.length; y += 1) {
    const line = buffer.getLine(y);
    if (!line) continue;
    const next = buffer.getLine(y + 1);
    const text = next?.isWrapped ? wrappedText(line, next) : line.translateToString(true);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  // Without the empty rows below; a prompt keeps the space at its end.
  return lines.join("\n").replace(/\n+$/, "");
}

/** Without the cell that stays empty where a character of two columns has no room in the row. */
function wrappedText(line: IBufferLine, next: IBufferLine): string {
  const end = line.length - (leavesRoom(line, next, line.length - 1) ? 1 : 0);
  return line.translateToString(false, 0, end);
}
