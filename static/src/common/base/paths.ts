let prefix = "";

/** The path below which the site is served, such as `/coderunner`; empty at the root. */
export function usePrefix(path: string): void {
  prefix = path;
}

/** The address of one of the site's own paths, which begins with a slash. */
export function at(path: string): string {
  return prefix + path;
}
