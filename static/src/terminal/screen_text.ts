import type { IBuffer, IBufferCell } from "@xterm/xterm";

const RESET = "\x1b[0m";

/**
 * The part of a terminal that is in view, as text with colours, which another terminal of that size
 * can show. At most `most` characters: then without colours, and then without the last rows.
 */
export function screenText(buffer: IBuffer, rows: number, cols: number, most: number): string {
  const first = buffer.viewportY;
  const lines = Array.from({ length: rows }, (_, row) => buffer.getLine(first + row));
  const coloured = lines.map((line) => (line ? colouredLine(line, cols) : "")).join("\r\n");
  const text = coloured.replace(/(?:\r\n)+$/, "");
  if (text.length <= most) return text;
  return lines
    .map((line) => line?.translateToString(true) ?? "")
    .join("\r\n")
    .slice(0, most);
}

type Line = NonNullable<ReturnType<IBuffer["getLine"]>>;

function colouredLine(line: Line, cols: number): string {
  let text = "";
  let before = "";
  for (let col = 0; col < Math.min(cols, line.length); col += 1) {
    const cell = line.getCell(col);
    if (!cell || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    if (style !== before) text += RESET + style;
    before = style;
    text += cell.getChars() || " ";
  }
  const plain = before === "" ? text.trimEnd() : text;
  return before === "" ? plain : plain + RESET;
}

function styleOf(cell: IBufferCell): string {
  const codes: string[] = [];
  if (cell.isBold()) codes.push("1");
  if (cell.isDim()) codes.push("2");
  if (cell.isItalic()) codes.push("3");
  if (cell.isUnderline()) codes.push("4");
  if (cell.isInverse()) codes.push("7");
  if (cell.isFgRGB()) codes.push(`38;2;${rgb(cell.getFgColor())}`);
  else if (cell.isFgPalette()) codes.push(`38;5;${cell.getFgColor()}`);
  if (cell.isBgRGB()) codes.push(`48;2;${rgb(cell.getBgColor())}`);
  else if (cell.isBgPalette()) codes.push(`48;5;${cell.getBgColor()}`);
  return codes.length > 0 ? `\x1b[${codes.join(";")}m` : "";
}

function rgb(colour: number): string {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255].join(";");
}
