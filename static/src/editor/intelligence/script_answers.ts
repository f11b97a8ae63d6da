import { typescript as ts } from "monaco-editor/languages/features/typescript/lib/typescriptServices.js";
import type {
  CodePlace,
  Completion,
  CompletionKind,
  CompletionList,
  Description,
  FileEdits,
  OutlineEntry,
  SignatureHelp,
  TextRange,
} from "../../common/intelligence/answers";
import { wordBefore } from "../../common/intelligence/names";
import { ScriptHost } from "./script_host";

interface Question {
  readonly shown: string;
  readonly offset: number;
  readonly changes: readonly (readonly [string, string | null])[];
}

interface Span {
  readonly start: number;
  readonly length: number;
}

const MOST_ITEMS = 1000;
const KINDS: ReadonlyMap<string, CompletionKind> = new Map(
  Object.entries<CompletionKind>({
    ...{ function: "function", "local function": "function", method: "function" },
    ...{ class: "class", interface: "class", type: "class", enum: "class", alias: "module" },
    ...{ const: "constant", let: "variable", var: "variable", "local var": "variable" },
    ...{ parameter: "parameter", property: "property", getter: "property", setter: "property" },
    ...{ module: "module", keyword: "keyword", "external module name": "module" },
  }),
);
const OUTLINED = new Set(["function", "class", "property", "constant", "variable"]);

/** Answers the questions of `ScriptClient`. */
export function scriptAnswers(): (method: string, params: Record<string, unknown>) => unknown {
  const host = new ScriptHost();
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());
  const methods = answersOf(host, service);
  return (method, params) => {
    if (method === "describe") return methods.describe(params.source as DetailSource);
    const question = params as unknown as Question & { newName: string };
    host.update(question.changes);
    const answer = methods[method as keyof typeof methods] as
      | ((question: Question & { newName: string }) => unknown)
      | undefined;
    return answer?.(question);
  };
}

interface DetailSource {
  readonly file: string;
  readonly offset: number;
  readonly name: string;
}

// biome-ignore lint/suspicious/noExplicitAny: this build of TypeScript comes without its types
function answersOf(host: ScriptHost, service: any) {
  const place = (file: string, span: Span): CodePlace[] => {
    const path = host.pathOf(file);
    return path === null ? [] : [{ path, ...range(span) }];
  };
  return {
    completions({ shown, offset }: Question): CompletionList | null {
      const file = host.nameOf(shown);
      const found = service.getCompletionsAtPosition(file, offset, {});
      if (!found) return null;
      const entries = [...found.entries].sort((a, b) => compare(a.sortText, b.sortText));
      const items = entries.slice(0, MOST_ITEMS).map(({ name, kind, insertText }): Completion => {
        const known = { label: name, kind: KINDS.get(kind) ?? "variable", detail: "" };
        const source: DetailSource = { file, offset, name };
        return { ...known, insert: insertText ?? name, template: false, range: null, source };
      });
      const word = wordBefore(host.text(shown), offset, true);
      const incomplete = entries.length > items.length;
      return { from: offset - word.length, to: offset, items, incomplete };
    },
    describe({ file, offset, name }: DetailSource): string {
      const found = service.getCompletionEntryDetails(
        file,
        offset,
        name,
        {},
        undefined,
        {},
        undefined,
      );
      return found ? documented(found.displayParts, found.documentation) : "";
    },
    hover({ shown, offset }: Question): Description | null {
      const found = service.getQuickInfoAtPosition(host.nameOf(shown), offset);
      if (!found) return null;
      const markdown = documented(found.displayParts, found.documentation);
      return { markdown, ...range(found.textSpan) };
    },
    signature({ shown, offset }: Question): SignatureHelp | null {
      const found = service.getSignatureHelpItems(host.nameOf(shown), offset, undefined);
      const item = found?.items[found.selectedItemIndex];
      if (!item) return null;
      let label = textOf(item.prefixDisplayParts);
      let active: TextRange | null = null;
      item.parameters.forEach((parameter: { displayParts: unknown }, index: number) => {
        if (index > 0) label += textOf(item.separatorDisplayParts);
        const words = textOf(parameter.displayParts);
        if (index === found.argumentIndex) {
          active = { from: label.length, to: label.length + words.length };
        }
        label += words;
      });
      label += textOf(item.suffixDisplayParts);
      return { label, active, markdown: textOf(item.documentation) };
    },
    definition({ shown, offset }: Question): CodePlace[] {
      const found = service.getDefinitionAtPosition(host.nameOf(shown), offset) ?? [];
      return found.flatMap((one: { fileName: string; textSpan: Span }) =>
        place(one.fileName, one.textSpan),
      );
    },
    references({ shown, offset }: Question): CodePlace[] {
      const found = service.getReferencesAtPosition(host.nameOf(shown), offset) ?? [];
      return found.flatMap((one: { fileName: string; textSpan: Span }) =>
        place(one.fileName, one.textSpan),
      );
    },
    renamable({ shown, offset }: Question): CodePlace | null {
      const found = service.getRenameInfo(host.nameOf(shown), offset, {});
      return found.canRename ? { path: shown, ...range(found.triggerSpan) } : null;
    },
    rename({ shown, offset, newName }: Question & { newName: string }): FileEdits[] | null {
      const found = service.findRenameLocations(host.nameOf(shown), offset, false, false, {}) ?? [];
      const files = new Map<string, { from: number; to: number; insert: string }[]>();
      for (const { fileName, textSpan, prefixText = "", suffixText = "" } of found) {
        const path = host.pathOf(fileName);
        if (path === null) return null;
        const edit = { ...range(textSpan), insert: prefixText + newName + suffixText };
        files.set(path, [...(files.get(path) ?? []), edit]);
      }
      return [...files].map(([path, edits]) => ({ path, edits }));
    },
    outline({ shown }: Question): OutlineEntry[] {
      const tree = service.getNavigationTree(host.nameOf(shown));
      return (tree?.childItems ?? []).flatMap((child: Navigation) => outlined(child, 0));
    },
  };
}

interface Navigation {
  readonly text: string;
  readonly kind: string;
  readonly nameSpan?: Span;
  readonly spans: readonly Span[];
  readonly childItems?: readonly Navigation[];
}

function outlined(
  { text, kind, nameSpan, spans, childItems }: Navigation,
  depth: number,
): OutlineEntry[] {
  const known = KINDS.get(kind) ?? "variable";
  const span = nameSpan ?? spans[0];
  if (!span || !OUTLINED.has(known)) return [];
  const within = known === "class" ? (childItems ?? []) : [];
  const entry: OutlineEntry = { name: text, kind: known, depth, ...range(span) };
  return [entry, ...within.flatMap((child) => outlined(child, depth + 1))];
}

function range({ start, length }: Span): TextRange {
  return { from: start, to: start + length };
}

function documented(parts: unknown, documentation: unknown): string {
  return `\`\`\`typescript\n${textOf(parts)}\n\`\`\`\n${textOf(documentation)}`.trimEnd();
}

function textOf(parts: unknown): string {
  return Array.isArray(parts) ? parts.map(({ text }) => text).join("") : "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
