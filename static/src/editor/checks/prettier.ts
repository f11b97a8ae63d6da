import type { Plugin } from "prettier";
import * as estree from "prettier/plugins/estree";
import { format } from "prettier/standalone";
import type { FormatResult } from "./ruff";
import { formatResult, type TextRequest } from "./text_request";

interface Failure {
  readonly message?: unknown;
  readonly loc?: { readonly start?: { readonly line?: unknown; readonly column?: unknown } };
}

/** JavaScript and TypeScript. */
export async function prettierFormat({ text, path, target }: TextRequest): Promise<FormatResult> {
  const parser = /\.[cm]?tsx?$/.test(path) ? "typescript" : "babel";
  const grammar =
    parser === "typescript"
      ? await import("prettier/plugins/typescript")
      : await import("prettier/plugins/babel");
  const plugins = [grammar as Plugin, estree as Plugin];
  try {
    const options = { parser, plugins, tabWidth: target.tabSize, printWidth: 100 };
    return formatResult(text, await format(text, options));
  } catch (error) {
    const { message, loc } = error as Failure;
    const [line, column] = [loc?.start?.line, loc?.start?.column];
    if (typeof line !== "number" || typeof column !== "number") throw error;
    return formatResult(text, { message: String(message), line, column });
  }
}
