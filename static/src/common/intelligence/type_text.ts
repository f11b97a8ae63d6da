const NONE_KNOWN = /\[(?:Unknown|\.\.\.)(?:, (?:Unknown|\.\.\.))*\]/g;
const OF_NAME = /: (?:Unknown|\.\.\.)(?: \| None)?(?=\s*(?:[,)=]|$))/gm;
const OF_RESULT = / -> (?:Unknown|\.\.\.)$/gm;
const CODE = /^```python\n[\s\S]*?^```$/gm;

/** Declarations as people read them: a language server says of all that it does not know `Unknown`. */
export function withoutUnknown(code: string): string {
  return code
    .replace(NONE_KNOWN, "")
    .replace(OF_NAME, "")
    .replace(OF_RESULT, "")
    .replace(/\bUnknown\b/g, "…");
}

/** The same in the code of a text; what is written about it stays. */
export function readableMarkdown(markdown: string): string {
  return markdown.replace(CODE, withoutUnknown);
}
