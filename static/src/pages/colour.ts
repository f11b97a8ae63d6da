import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";
import { extensionOf } from "../common/snippets/source_files";

/**
 * Highlights the code on a page. The browser does this because a highlighter can take very long for
 * some texts, and a shared snippet can be any text: on the server it would delay other users.
 */
const MAX_CHARACTERS = 100_000; // per page; the rest stays plain

export function colourCode(): void {
  let left = MAX_CHARACTERS;
  for (const code of document.querySelectorAll<HTMLElement>(".file code")) {
    const text = code.textContent ?? "";
    left -= text.length;
    if (left < 0) return;
    const path = code.dataset.path ?? "";
    if (path.toLowerCase().endsWith(".py")) code.replaceChildren(coloured(text, parser));
    else void colourOther(code, path, text);
  }
}

/** By a grammar that is loaded on demand; a file of no known language stays plain. */
async function colourOther(code: HTMLElement, path: string, text: string): Promise<void> {
  const { languages } = await import("@codemirror/language-data");
  const name = path.slice(path.lastIndexOf("/") + 1);
  const known = languages.find(
    ({ filename, extensions }) => filename?.test(name) || extensions.includes(extensionOf(name)),
  );
  const grammar = await known?.load();
  if (grammar) code.replaceChildren(coloured(text, grammar.language.parser));
}

/** The same text, in spans with classes. */
function coloured(text: string, grammar: Pick<typeof parser, "parse">): DocumentFragment {
  const all = document.createDocumentFragment();
  highlightCode(
    text,
    grammar.parse(text),
    classHighlighter,
    (piece, classes) => {
      if (classes === "") return all.append(piece);
      const span = document.createElement("span");
      span.className = classes;
      span.textContent = piece;
      all.append(span);
    },
    () => all.append("\n"),
  );
  return all;
}
