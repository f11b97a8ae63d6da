/**
 * The Markdown of language servers, as text with few styles. It contains what programs and libraries
 * say of themselves, so nothing in it becomes HTML, a link or a picture.
 */
export interface Span {
  readonly text: string;
  readonly style: "plain" | "code" | "strong" | "emphasis";
}

export type Block =
  | { readonly kind: "code"; readonly text: string; readonly language: string }
  | { readonly kind: "rule" }
  | { readonly kind: "text"; readonly spans: readonly Span[] };

/** Longer documentation is cut: nobody reads it in a tooltip. */
export const MOST_CHARACTERS = 12_000;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};
const FENCE = /^\s*(`{3,}|~{3,})\s*([\w+-]*)/;
const INLINE =
  /(?<ticks>`+)(?<code>[^`]|[^`][\s\S]*?[^`])\k<ticks>(?!`)|\*\*(?<strong>(?:[^*\\]|\\[\s\S])+?)\*\*|\*(?<emphasis>(?:[^*\\\s]|\\[\s\S])(?:[^*\\]|\\[\s\S])*?)\*|\[(?<label>(?:[^\]\\]|\\[\s\S])*)\]\([^()\s]*\)/g;

export function parseMarkdown(source: string): Block[] {
  const text = source.length > MOST_CHARACTERS ? `${source.slice(0, MOST_CHARACTERS)} …` : source;
  const blocks: Block[] = [];
  let lines: string[] = [];
  let fence: { readonly mark: string; readonly language: string } | null = null;
  const end = () => {
    const code = lines.join("\n");
    if (fence) blocks.push({ kind: "code", text: code, language: fence.language });
    else blocks.push(...paragraphs(code));
    lines = [];
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const [, mark = "", language = ""] = FENCE.exec(line) ?? [];
    const closes = fence !== null && mark.startsWith(fence.mark) && language === "";
    if (mark !== "" && (fence === null || closes)) {
      end();
      fence = fence ? null : { mark, language };
    } else lines.push(line);
  }
  end();
  return blocks;
}

function paragraphs(text: string): Block[] {
  return text
    .split(/\n[ \t]*\n/)
    .filter((part) => part.trim() !== "")
    .flatMap((part): Block[] => {
      const [first = "", ...rest] = part.replace(/^\n+|\s+$/g, "").split("\n");
      if (!/^\s*-{3,}\s*$/.test(first)) return [paragraph([first, ...rest])];
      return rest.length > 0 ? [{ kind: "rule" }, paragraph(rest)] : [{ kind: "rule" }];
    });
}

/** Ends of lines stay: documentation in programs has lines, not paragraphs. */
function paragraph(lines: readonly string[]): Block {
  const text = lines.map((line) => line.replace(/^\s*#{1,6}\s+/, "").trimEnd()).join("\n");
  return { kind: "text", spans: spansOf(text) };
}

function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  const add = (found: string, style: Span["style"]) => {
    if (found !== "") spans.push({ text: style === "code" ? found : unescaped(found), style });
  };
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (isEscaped(text, match.index)) continue;
    add(text.slice(at, match.index), "plain");
    const { code, strong, emphasis, label } = match.groups ?? {};
    if (code !== undefined) add(code, "code");
    else if (strong !== undefined) add(strong, "strong");
    else if (emphasis !== undefined) add(emphasis, "emphasis");
    else add(label ?? "", "plain");
    at = match.index + match[0].length;
  }
  add(text.slice(at), "plain");
  return spans;
}

function isEscaped(text: string, at: number): boolean {
  return (/\\*$/.exec(text.slice(Math.max(0, at - 20), at))?.[0].length ?? 0) % 2 === 1;
}

function unescaped(text: string): string {
  return text.replace(
    /\\([!-/:-@[-`{-~])|&(\w+|#\d+);/g,
    (all, mark: string, entity: string) => mark ?? character(entity) ?? all,
  );
}

function character(entity: string): string | undefined {
  if (!entity.startsWith("#")) return ENTITIES[entity];
  const code = Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** For editors that render Markdown themselves: all that could be more than text is escaped. */
export function escapedMarkdown(blocks: readonly Block[]): string {
  return blocks.map(escapedBlock).join("\n\n");
}

function escapedBlock(block: Block): string {
  if (block.kind === "rule") return "---";
  if (block.kind === "code") {
    const longest = Math.max(2, ...[...block.text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${block.language}\n${block.text}\n${fence}`;
  }
  return block.spans.map(escapedSpan).join("");
}

function escapedSpan({ text, style }: Span): string {
  const lines = text.split("\n").map((line) =>
    line
      .replace(/[\\`*_{}[\]()#+\-.!~|<>&:=$@/]/g, "\\$&")
      // Spaces at the beginning would make code of a line.
      .replace(/^ +/, (spaces) => "\u00a0".repeat(spaces.length)),
  );
  const marks = { plain: "", code: "", strong: "**", emphasis: "*" }[style];
  const escaped = lines.join("  \n");
  return marks && escaped.trim() === escaped ? `${marks}${escaped}${marks}` : escaped;
}
