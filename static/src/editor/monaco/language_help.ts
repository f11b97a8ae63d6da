import {
  type editor,
  type IDisposable,
  languages,
  type Position,
  Range,
} from "monaco-editor/editor.js";
import type { Completion, CompletionKind } from "../../common/intelligence/answers";
import { escapedMarkdown, parseMarkdown } from "../../common/intelligence/markdown";
import type { CodeHelp } from "../intelligence/code_help";

const { CompletionItemKind, CompletionItemInsertTextRule, CompletionTriggerKind } = languages;
const KINDS: Readonly<Record<CompletionKind, languages.CompletionItemKind>> = {
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  variable: CompletionItemKind.Variable,
  parameter: CompletionItemKind.Variable,
  property: CompletionItemKind.Property,
  constant: CompletionItemKind.Constant,
  module: CompletionItemKind.Module,
  keyword: CompletionItemKind.Keyword,
  builtin: CompletionItemKind.Function,
  template: CompletionItemKind.Snippet,
  word: CompletionItemKind.Text,
};

/** Monaco hands an item back as it was given. */
interface Item extends languages.CompletionItem {
  readonly completion: Completion;
}

/** Connects Monaco with what is known of the program. */
export function registerLanguageHelp(help: CodeHelp): IDisposable {
  const registered = [
    languages.registerCompletionItemProvider("*", {
      triggerCharacters: ["."],
      provideCompletionItems: (model, position, { triggerKind }) =>
        suggest(help, model, position, triggerKind === CompletionTriggerKind.Invoke),
      resolveCompletionItem: (item) => described(help, item as Item),
    }),
    languages.registerHoverProvider("python", {
      provideHover: (model, position) => describe(help, model, position),
    }),
    languages.registerSignatureHelpProvider("python", {
      signatureHelpTriggerCharacters: ["(", ","],
      signatureHelpRetriggerCharacters: [")"],
      provideSignatureHelp: (model, position, _, { triggerKind }) => {
        const asked = triggerKind === languages.SignatureHelpTriggerKind.Invoke;
        return signature(help, model.getOffsetAt(position), asked);
      },
    }),
  ];
  return { dispose: () => registered.forEach((one) => void one.dispose()) };
}

async function suggest(
  help: CodeHelp,
  model: editor.ITextModel,
  position: Position,
  asked: boolean,
): Promise<languages.CompletionList | null> {
  const found = await help.completions(model.getOffsetAt(position), asked);
  if (!found || model.isDisposed()) return null;
  const suggestions = found.items.map((completion, index): Item => {
    const { label, kind, detail, insert, template } = completion;
    return {
      label,
      kind: KINDS[kind],
      detail,
      insertText: insert,
      ...(template && { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet }),
      range: rangeOf(model, completion.range ?? found),
      sortText: String(index).padStart(4, "0"),
      completion,
    };
  });
  return { suggestions, incomplete: found.incomplete };
}

async function described(help: CodeHelp, item: Item): Promise<languages.CompletionItem> {
  const markdown = await help.describe(item.completion);
  return markdown ? { ...item, documentation: text(markdown) } : item;
}

async function describe(
  help: CodeHelp,
  model: editor.ITextModel,
  position: Position,
): Promise<languages.Hover | null> {
  const found = await help.hover(model.getOffsetAt(position));
  if (!found || model.isDisposed()) return null;
  const range = found.from < found.to && { range: rangeOf(model, found) };
  return { contents: [text(found.markdown)], ...range };
}

async function signature(
  help: CodeHelp,
  offset: number,
  asked: boolean,
): Promise<languages.SignatureHelpResult | null> {
  const found = await help.signature(offset, asked);
  if (!found) return null;
  const { label, active, markdown } = found;
  const parameters = active ? [{ label: [active.from, active.to] as [number, number] }] : [];
  const shown = { label, parameters, documentation: text(markdown) };
  return {
    value: { signatures: [shown], activeSignature: 0, activeParameter: 0 },
    dispose: () => undefined,
  };
}

/** What programs and libraries say of themselves is text: no HTML, no links, no commands. */
function text(markdown: string) {
  const value = escapedMarkdown(parseMarkdown(markdown));
  return { value, supportHtml: false, isTrusted: false };
}

function rangeOf(
  model: editor.ITextModel,
  { from, to }: { readonly from: number; readonly to: number },
): Range {
  return Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
}
