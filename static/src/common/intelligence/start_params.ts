/** What a language server is told first. */
const ROOT = "file:///project";
const MARKDOWN = ["markdown"];
const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    completion: { completionItem: { snippetSupport: false, documentationFormat: MARKDOWN } },
    hover: { contentFormat: MARKDOWN },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: MARKDOWN,
        parameterInformation: { labelOffsetSupport: true },
        activeParameterSupport: true,
      },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    rename: { prepareSupport: true },
    publishDiagnostics: {},
  },
  workspace: { workspaceFolders: true, configuration: true },
};

/** Of the `initialize` request. `configuration`: of the server, in the program's folder. */
export function startParams(configuration: object, locale: string): object {
  const files = { "/project/pyrightconfig.json": JSON.stringify(configuration) };
  return {
    processId: null,
    rootUri: ROOT,
    workspaceFolders: [{ uri: ROOT, name: "project" }],
    initializationOptions: { files },
    capabilities: CAPABILITIES,
    locale,
  };
}
