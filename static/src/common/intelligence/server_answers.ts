import type { Completion, CompletionKind, OutlineEntry, SignatureHelp, TextRange } from "./answers";
import type { LineMap, LineRange } from "./line_map";
import { withoutUnknown } from "./type_text";

/** What language servers answer, as far as it is used: types of LSP 3.17. */
export interface ServerItem {
  readonly label: string;
  readonly kind?: number;
  readonly detail?: string;
  readonly sortText?: string;
  readonly insertText?: string;
  readonly textEdit?: { readonly newText: string; readonly range?: LineRange };
  readonly additionalTextEdits?: readonly unknown[];
}

export interface ServerSymbol {
  readonly name: string;
  readonly kind: number;
  readonly selectionRange: LineRange;
  readonly children?: readonly ServerSymbol[];
}

export interface ServerPlace {
  readonly uri: string;
  readonly range: LineRange;
}

export interface ServerEdits {
  readonly documentChanges?: readonly {
    readonly textDocument?: { readonly uri: string };
    readonly edits?: readonly ServerEdit[];
  }[];
  readonly changes?: Readonly<Record<string, readonly ServerEdit[]>>;
}

export interface ServerEdit {
  readonly range: LineRange;
  readonly newText: string;
}

export interface ServerSignatures {
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation?: unknown;
    readonly parameters?: readonly { readonly label: string | readonly [number, number] }[];
    readonly activeParameter?: number | null;
  }[];
  readonly activeSignature?: number | null;
  readonly activeParameter?: number | null;
}

/** By the number of a `CompletionItemKind`. */
const ITEM_KINDS: Readonly<Record<number, CompletionKind>> = {
  ...{ 2: "function", 3: "function", 4: "function", 5: "property", 6: "variable", 7: "class" },
  ...{ 8: "class", 9: "module", 10: "property", 13: "class", 14: "keyword", 20: "constant" },
  ...{ 21: "constant", 22: "class", 25: "class" },
};

/** By the number of a `SymbolKind`. */
const SYMBOL_KINDS: Readonly<Record<number, CompletionKind>> = {
  ...{ 2: "module", 5: "class", 6: "function", 7: "property", 8: "property", 9: "function" },
  ...{ 10: "class", 11: "class", 12: "function", 14: "constant", 22: "constant", 23: "class" },
};

export function rangeIn(lines: LineMap, { start, end }: LineRange): TextRange {
  return { from: lines.offsetOf(start), to: lines.offsetOf(end) };
}

/**
 * In the server's order, but names of `own` come first: among 150 built-in names nobody finds the
 * function just written. Items that would also change another place are not offered.
 */
export function completionsOf(
  items: readonly ServerItem[],
  lines: LineMap,
  own: ReadonlySet<string>,
): Completion[] {
  const order = (item: ServerItem) =>
    `${own.has(item.label) ? 0 : 1}${item.sortText ?? item.label}`;
  const seen = new Set<string>();
  return items
    .filter(({ label, additionalTextEdits }) => {
      if ((additionalTextEdits?.length ?? 0) > 0 || seen.has(label)) return false;
      return seen.add(label);
    })
    .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
    .map((item) => ({
      label: item.label,
      kind: ITEM_KINDS[item.kind ?? 0] ?? "variable",
      detail: item.detail ?? "",
      insert: item.textEdit?.newText ?? item.insertText ?? item.label,
      template: false,
      range: item.textEdit?.range ? rangeIn(lines, item.textEdit.range) : null,
      source: item,
    }));
}

/** `active`: the number of the parameter that is being written. */
export function signatureOf(
  { label, parameters, documentation }: ServerSignatures["signatures"][number],
  active: number,
): SignatureHelp {
  const markdown = markdownOf(documentation);
  const named = parameters?.[active]?.label;
  const at = typeof named === "string" ? label.indexOf(named) : (named?.[0] ?? -1);
  if (named === undefined || at < 0)
    return { label: withoutUnknown(label), active: null, markdown };
  const end = typeof named === "string" ? at + named.length : named[1];
  const [before, current] = [label.slice(0, at), label.slice(at, end)].map(withoutUnknown);
  const from = before?.length ?? 0;
  const to = from + (current?.length ?? 0);
  const shown = `${before}${current}${withoutUnknown(label.slice(end))}`;
  return { label: shown, active: { from, to }, markdown };
}

/** Definitions in the order of the file. What a function has within is its own affair. */
export function outlineOf(
  symbols: readonly ServerSymbol[],
  lines: LineMap,
  depth = 0,
): OutlineEntry[] {
  return [...symbols]
    .sort((a, b) => a.selectionRange.start.line - b.selectionRange.start.line)
    .flatMap((symbol) => {
      const kind = SYMBOL_KINDS[symbol.kind] ?? "variable";
      const { name, children = [], selectionRange } = symbol;
      const within = children.filter((child) => {
        const shown = (SYMBOL_KINDS[child.kind] ?? "variable") !== "variable";
        return shown || kind === "class";
      });
      return [
        { name, kind, depth, ...rangeIn(lines, selectionRange) },
        ...outlineOf(within, lines, depth + 1),
      ];
    });
}

/** `MarkupContent`, a string, or several of them. */
export function markdownOf(contents: unknown): string {
  if (typeof contents === "string") return contents;
  if (Array.isArray(contents)) return contents.map(markdownOf).filter(Boolean).join("\n\n");
  if (typeof contents !== "object" || contents === null) return "";
  return markdownOf((contents as { value?: unknown }).value);
}

export function editsOf(answer: ServerEdits): Map<string, ServerEdit[]> {
  const found = new Map<string, ServerEdit[]>();
  const add = (uri: string, edits: readonly ServerEdit[]) => {
    found.set(uri, [...(found.get(uri) ?? []), ...edits]);
  };
  for (const { textDocument, edits } of answer.documentChanges ?? []) {
    if (textDocument && edits) add(textDocument.uri, edits);
  }
  for (const [uri, edits] of Object.entries(answer.changes ?? {})) add(uri, edits);
  return found;
}
