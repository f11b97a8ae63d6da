import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";

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
    if (code.dataset.path?.toLowerCase().endsWith(".py")) code.replaceChildren(coloured(text));
  }
}

/** The same text, in spans with classes. */
function coloured(text: string): DocumentFragment {
  const all = document.createDocumentFragment();
  highlightCode(
    text,
    parser.parse(text),
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
