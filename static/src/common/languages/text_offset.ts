/** Of a place in a text; lines and columns that do not exist count as the nearest ones. */
export function offsetOf(text: string, line: number, column = 1): number {
  let from = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf("\n", from);
    if (end < 0) break;
    from = end + 1;
  }
  const end = text.indexOf("\n", from);
  return Math.min(from + column - 1, end < 0 ? text.length : end);
}
