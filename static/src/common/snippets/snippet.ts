import type { SourceFile } from "../../protocol.gen";

/** The editable part of a snippet. */
export interface SnippetContent {
  readonly title: string;
  readonly language: string;
  readonly main: string;
  readonly files: readonly SourceFile[];
}

export interface Share {
  readonly slug: string;
  readonly url: string;
  readonly embed: boolean;
  readonly embed_url: string;
}

/** A saved snippet (`GET /snippets/<id>/`). */
export interface Snippet extends SnippetContent {
  readonly id: number;
  /** Incremented by each save. A save names the version that it replaces. */
  readonly version: number;
  readonly updated_at: string;
  readonly share: Share | null;
}

/** A row of the list (`GET /snippets/`). */
export interface SnippetRow {
  readonly id: number;
  readonly title: string;
  readonly language: string;
  readonly updated_at: string;
  readonly version: number;
  readonly shared: boolean;
}

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
