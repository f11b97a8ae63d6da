import type { SourceFile } from "../../protocol.gen";
import { SHOWN_BYTES } from "../../protocol.gen";

const JSON_BYTES = new TextEncoder();

function bytes(text: string): number {
  return JSON_BYTES.encode(JSON.stringify(text)).length;
}

/** As much of a program as one message holds: the file in view first, which is cut if it must be. */
export function shownCode(
  files: readonly SourceFile[],
  path: string,
): { readonly files: readonly SourceFile[]; readonly cut: boolean } {
  const first = files.filter((file) => file.path === path);
  const others = files.filter((file) => file.path !== path);
  const shown: SourceFile[] = [];
  let left = SHOWN_BYTES;
  let cut = false;
  for (const file of [...first, ...others]) {
    const cost = bytes(file.path) + bytes(file.content);
    if (cost <= left) {
      shown.push(file);
      left -= cost;
      continue;
    }
    cut = true;
    if (shown.length > 0) continue;
    const content = beginning(file.content, left - bytes(file.path));
    shown.push({ path: file.path, content });
    left -= bytes(file.path) + bytes(content);
  }
  return { files: shown, cut };
}

/** The longest beginning of a text of at most so many bytes as JSON. */
function beginning(text: string, most: number): string {
  let [low, high] = [0, Math.min(text.length, most)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytes(text.slice(0, middle)) <= most) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low);
}

/**
 * What of a program is sent of a presenter's view: its first line, and that of the cursor where it
 * can be seen.
 */
export function viewOf(
  [first, last]: readonly [number, number],
  cursor: number,
): { readonly top: number; readonly line: number } {
  return { top: first, line: cursor >= first && cursor <= last ? cursor : first };
}

/**
 * The first line that is shown where there is room for so many: the presenter's, or a later one if
 * the line with the cursor would be below, with the one after it.
 */
export function firstShown(top: number, line: number | null, room: number): number {
  return Math.max(1, top, (line ?? top) + 2 - Math.max(2, room));
}

/** The number of the line, from 1, in which an offset lies. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
