import {
  type editor,
  type IDisposable,
  languages,
  type Position,
  Range,
} from "monaco-editor/editor.js";
import { t } from "../../common/i18n/translate";
import type { Project } from "../editor";
import { definitionAt } from "../python/definitions";
import { type SuggestionKind, suggestionsAt } from "../python/suggestions";

const { CompletionItemKind } = languages;
const KINDS: Readonly<Record<SuggestionKind, languages.CompletionItemKind>> = {
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  variable: CompletionItemKind.Variable,
  parameter: CompletionItemKind.Variable,
  module: CompletionItemKind.Module,
  keyword: CompletionItemKind.Keyword,
  builtin: CompletionItemKind.Function,
  word: CompletionItemKind.Text,
};

/** Suggestions in all files, and in Python what a name under the mouse is. */
export function registerLanguageHelp(project: () => Project): IDisposable {
  const registered = [
    languages.registerCompletionItemProvider("*", {
      provideCompletionItems: (model, position) => suggest(project(), model, position),
    }),
    languages.registerHoverProvider("python", {
      provideHover: (model, position) => describe(project(), model, position),
    }),
  ];
  return { dispose: () => registered.forEach((one) => void one.dispose()) };
}

function suggest(
  { files, shown }: Project,
  model: editor.ITextModel,
  position: Position,
): languages.CompletionList {
  const { startColumn } = model.getWordUntilPosition(position);
  const { lineNumber, column } = position;
  const range = new Range(lineNumber, startColumn, lineNumber, column);
  const found = suggestionsAt(files, shown, model.getOffsetAt(position));
  const suggestions = found.map(({ label, kind, detail }, index) => ({
    label,
    kind: KINDS[kind],
    detail,
    insertText: label,
    range,
    sortText: String(index).padStart(4, "0"),
  }));
  return { suggestions };
}

function describe(
  { files, shown }: Project,
  model: editor.ITextModel,
  position: Position,
): languages.Hover | null {
  const found = definitionAt(files, shown, model.getOffsetAt(position));
  if (!found) return null;
  const contents = [{ value: `\`\`\`python\n${found.head}\n\`\`\`` }];
  if (found.doc) contents.push({ value: escaped(found.doc) });
  if (found.path !== shown) {
    contents.push({ value: escaped(t("definition.file", { path: found.path })) });
  }
  return { contents };
}

/** A student's text is text: no Markdown, no HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~|<>&]/g, "\\$&");
}
