/** Lines of a statement, with its names: `import a.b as c, d` and `from a.b import c`. */
const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([^#\n;]+))/gmu;
const MOST = 200;

/** The packages that a program in Python imports, without parsing it. */
export function importedPackages(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, from, names = ""] of text.matchAll(IMPORT)) {
    for (const name of from === undefined ? names.split(",") : [from]) {
      const first = /^\s*([\p{L}_][\p{L}\p{N}_]*)/u.exec(name)?.[1];
      if (first !== undefined && found.size < MOST) found.add(first);
    }
  }
  return found;
}
