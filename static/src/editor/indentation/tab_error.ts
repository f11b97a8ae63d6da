import type { Edit, FileText } from "./keys";
import { indentationOf, isBlank, linesOf } from "./lines";
import { reindented } from "./reindent";

const WIDE = 8;

function columns(indentation: string, tab: number): number {
  let at = 0;
  for (const one of indentation) at = one === "\t" ? at + tab - (at % tab) : at + 1;
  return at;
}

/** What Python's tokenizer says of the indentation of a program; null: nothing. */
export function indentationProblem(text: string): "TabError" | "IndentationError" | null {
  const stack = [{ wide: 0, narrow: 0 }];
  const top = () => stack.at(-1) ?? { wide: 0, narrow: 0 };
  for (const line of linesOf(text, true)) {
    if (line.start !== "statement" || isBlank(line.text) || /^\s*#/.test(line.text)) continue;
    const own = indentationOf(line.text);
    const [wide, narrow] = [columns(own, WIDE), columns(own, 1)];
    if (wide > top().wide) {
      if (narrow <= top().narrow) return "TabError";
      stack.push({ wide, narrow });
      continue;
    }
    while (stack.length > 1 && wide < top().wide) stack.pop();
    if (wide !== top().wide) return "IndentationError";
    if (narrow !== top().narrow) return "TabError";
  }
  return null;
}

/**
 * The edits of a key. If it changes indentation alone, and lines below no longer fit, because they are
 * indented in another way, the whole file gets one style.
 */
export function withoutTabError(file: FileText, edits: readonly Edit[]): readonly Edit[] {
  const { text, python, indentation } = file;
  if (!python || edits.length === 0 || edits.some(({ insert }) => insert.includes("\n"))) {
    return edits;
  }
  const after = applied(text, edits);
  if (indentationProblem(after) !== "TabError" || indentationProblem(text) === "TabError") {
    return edits;
  }
  return difference(text, reindented(after, indentation));
}

function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.from - one.from)
    .reduce((all, { from, to, insert }) => all.slice(0, from) + insert + all.slice(to), text);
}

/** Of two texts whose lines differ in their indentation. */
function difference(text: string, wanted: string): Edit[] {
  const after = wanted.split("\n");
  return linesOf(text, false).flatMap((line, index) => {
    const own = indentationOf(line.text);
    const insert = indentationOf(after[index] ?? "");
    const edit = { from: line.from, to: line.from + own.length, insert, cursor: insert.length };
    return insert === own ? [] : [edit];
  });
}
