import { languages } from "monaco-editor/editor.js";
import { type FileLanguage, isPython } from "../../common/languages/file_language";
import { extensionOf } from "../../common/snippets/source_files";

const PLAIN = "plaintext";

/**
 * Monaco's id of a file's language, for which a grammar is registered then. Monaco's own come first;
 * for what it does not know, CodeMirror's are used. Python's is there from the beginning; the others
 * are loaded when a file needs one.
 */
export async function monacoLanguage(file: FileLanguage): Promise<string> {
  if (isPython(file)) return file.monaco;
  await import("monaco-editor/languages/definitions/register.all.js");
  const known = languages.getLanguages();
  if (file.monaco !== "" && known.some(({ id }) => id === file.monaco)) return file.monaco;
  if (file.monaco === "" && file.codemirror === "") {
    const dotted = `.${extensionOf(file.path).toLowerCase()}`;
    const own = known.find(({ extensions }) => extensions?.includes(dotted));
    if (own) return own.id;
  }
  const { registerStreamLanguage } = await import("./stream_language");
  return (await registerStreamLanguage(file)) ?? PLAIN;
}

/** What a file has until its grammar is there. */
export function firstLanguage(file: FileLanguage): string {
  return isPython(file) ? file.monaco : PLAIN;
}
