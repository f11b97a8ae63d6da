import "../../styles/code_help.css";
import type { SignatureHelp } from "../../common/intelligence/answers";
import { type Block, parseMarkdown, type Span } from "../../common/intelligence/markdown";

const ELEMENTS: Readonly<Record<Span["style"], string>> = {
  plain: "span",
  code: "code",
  strong: "strong",
  emphasis: "em",
};

/** Characters: more than that nobody listens to. */
const MOST_SAID = 400;

/** Documentation as elements. All of it is text: nothing that a program says becomes HTML. */
export function markdownView(markdown: string): HTMLElement {
  const view = element("div", "code-help");
  view.append(...parseMarkdown(markdown).map(blockView));
  return view;
}

/** A signature, with the parameter that the cursor is at. */
export function signatureView({ label, active, markdown }: SignatureHelp): HTMLElement {
  const view = element("div", "code-help");
  const code = element("pre", "");
  const { from, to } = active ?? { from: label.length, to: label.length };
  code.append(label.slice(0, from), element("mark", "", label.slice(from, to)), label.slice(to));
  view.append(code, ...parseMarkdown(markdown).map(blockView));
  return view;
}

/** Documentation as it is read out. */
export function helpText(markdown: string): string {
  const parts = parseMarkdown(markdown).map((block) => {
    if (block.kind === "rule") return "";
    return block.kind === "code" ? block.text : block.spans.map(({ text }) => text).join("");
  });
  return parts.filter(Boolean).join("\n").slice(0, MOST_SAID);
}

function blockView(block: Block): HTMLElement {
  if (block.kind === "rule") return element("hr", "");
  if (block.kind === "code") return element("pre", "", block.text);
  const paragraph = element("p", "");
  paragraph.append(...block.spans.map(({ text, style }) => element(ELEMENTS[style], "", text)));
  return paragraph;
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
