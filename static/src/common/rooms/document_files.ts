import { uniquePaths } from "./unique_paths";

export interface DocumentFile {
  readonly key: string;
  readonly path: string;
  readonly text: string;
}

/** The files of a room's document, given as plain values, in the order of tabs. What no page of ours
 * writes is passed over. */
export function documentFiles(files: Readonly<Record<string, unknown>>): DocumentFile[] {
  const found: (DocumentFile & { readonly order: number })[] = [];
  for (const [key, value] of Object.entries(files)) {
    if (typeof value !== "object" || value === null) continue;
    const { path, text, order } = value as Readonly<Record<string, unknown>>;
    if (typeof path !== "string" || typeof text !== "string") continue;
    found.push({ key, path, text, order: typeof order === "number" ? order : 0 });
  }
  found.sort((one, other) => one.order - other.order || (one.key < other.key ? -1 : 1));
  const paths = uniquePaths(found.map(({ path }) => path));
  return found.map(({ key, path, text }, index) => ({ key, text, path: paths[index] ?? path }));
}
