import type { Breakpoint, NewSnippet, Snippet, SnippetRow } from "../../protocol.gen";

/** The editable part of a snippet. */
export type SnippetContent = NewSnippet;

/** Without breakpoints of servers that know none: such a server would refuse them. */
export function contentOf(snippet: SnippetContent): SnippetContent {
  const { breakpoints } = snippet;
  return { ...textOf(snippet), ...(breakpoints && { breakpoints }) };
}

/** Breakpoints are no part of the text. */
export function sameContent(one: SnippetContent, other: SnippetContent): boolean {
  return JSON.stringify(textOf(one)) === JSON.stringify(textOf(other));
}

export function sameBreakpoints(one: SnippetContent, other: SnippetContent): boolean {
  const listed = ({ breakpoints = [] }: SnippetContent) => JSON.stringify(breakpoints.map(parts));
  return listed(one) === listed(other);
}

function textOf({ title, language, main, files }: SnippetContent): SnippetContent {
  return { title, language, main, files: files.map(({ path, content }) => ({ path, content })) };
}

function parts({ path, line, condition = "", hits = "", log = "" }: Breakpoint) {
  return [path, line, condition, hits, log];
}

export function rowOf(snippet: Snippet): SnippetRow {
  const { id, title, language, updated_at, version } = snippet;
  return { id, title, language, updated_at, version, shared: snippet.share !== null };
}
