/** Monaco's build of TypeScript: an ES module, without types of its own. */
declare module "monaco-editor/languages/features/typescript/lib/typescriptServices.js" {
  // biome-ignore lint/suspicious/noExplicitAny: it has no types
  export const typescript: any;
}
