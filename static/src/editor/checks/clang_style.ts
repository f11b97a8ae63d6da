/** As the languages' definitions call clang-format on the server, but for the width. */
export function clangStyle(path: string, tabSize: number): string {
  const base = /\.cs$/.test(path) ? "Microsoft" : "LLVM";
  const width = /\.java$/.test(path) ? ", ColumnLimit: 100" : "";
  return `{BasedOnStyle: ${base}, IndentWidth: ${tabSize}${width}}`;
}
