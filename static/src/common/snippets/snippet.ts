import type { NewSnippet, Snippet, SnippetRow } from "../../protocol.gen";

/** The editable part of a snippet. */
export type SnippetContent = NewSnippet;

export function contentOf(snippet: SnippetContent): SnippetContent {
  const { title, language, main } = snippet;
  const files = snippet.files.map(({ path, content }) => ({ path, content }));
  return { title, language, main, files };
}

export function sameContent(one: SnippetContent, other: SnippetContent): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));
}

export function rowOf(snippet: Snippet): SnippetRow {
  const { id, title, language, updated_at, version } = snippet;
  return { id, title, language, updated_at, version, shared: snippet.share !== null };
}
