/** As Python has them: also with marks behind letters, which keyboards of some languages write. */
const NAMES = /[\p{ID_Start}_]\p{ID_Continue}*(?:\.[\p{ID_Start}_]\p{ID_Continue}*)*/gu;

/** The name at a column (from 0) of a line, with what it is an attribute of: `a.b` of `a.b.c` at b. */
export function expressionAt(line: string, column: number): string | null {
  for (const { 0: whole, index } of line.matchAll(NAMES)) {
    if (column < index || column > index + whole.length) continue;
    const rest = whole.slice(column - index).search(/\./);
    const expression = rest < 0 ? whole : whole.slice(0, column - index + rest);
    // A name inside a text or a comment is asked for in vain, which does no harm.
    return expression.startsWith("__") ? null : expression;
  }
  return null;
}
