import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";

/**
 * Colours the code of a page. Done here and not on the server: highlighters take very long for some
 * texts, and a shared snippet can be any text. It then only keeps its own reader waiting.
 */
const MAX_CHARACTERS = 100_000; // of one page; what comes after stays plain

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
