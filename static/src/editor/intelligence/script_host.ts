import library from "virtual:script-library";
import { typescript as ts } from "monaco-editor/languages/features/typescript/lib/typescriptServices.js";

const LIB_FOLDER = "/lib/";
const FOLDER = "/project/";
const NODE = "/node.d.ts";
/** What programs use of Node, whose own types would be 2 MB. */
const NODE_TYPES = `
interface Console {
  log(...values: unknown[]): void; error(...values: unknown[]): void; warn(...values: unknown[]): void;
  info(...values: unknown[]): void; debug(...values: unknown[]): void; table(values: unknown): void;
  dir(value: unknown): void; time(label?: string): void; timeEnd(label?: string): void;
  assert(condition: unknown, ...values: unknown[]): void; clear(): void; group(...values: unknown[]): void;
  groupEnd(): void; trace(...values: unknown[]): void; count(label?: string): void;
}
declare const console: Console;
declare function setTimeout(callback: (...values: any[]) => void, milliseconds?: number, ...values: any[]): any;
declare function setInterval(callback: (...values: any[]) => void, milliseconds?: number, ...values: any[]): any;
declare function setImmediate(callback: (...values: any[]) => void): any;
declare function clearTimeout(timer: any): void;
declare function clearInterval(timer: any): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<Value>(value: Value): Value;
declare function require(name: string): any;
declare const module: { exports: any };
declare const exports: any;
declare const __dirname: string;
declare const __filename: string;
declare const process: {
  argv: string[]; env: Record<string, string | undefined>; exitCode: number | undefined; stdin: any;
  stdout: any; stderr: any; platform: string; version: string; exit(code?: number): never; cwd(): string;
  nextTick(callback: (...values: any[]) => void, ...values: any[]): void; hrtime: any;
  memoryUsage(): Record<string, number>; uptime(): number; on(event: string, listener: (...values: any[]) => void): any;
};
declare const Buffer: any;
declare const performance: { now(): number };
`;

/** The files of a program, and of the library, for the language service. */
export class ScriptHost {
  readonly #files = new Map<string, { readonly text: string; readonly version: number }>();
  readonly #library = new Map<string, string>();
  #versions = 0;

  constructor() {
    for (const [name, text] of Object.entries(library)) this.#library.set(LIB_FOLDER + name, text);
    this.#library.set(NODE, NODE_TYPES);
  }

  update(changes: readonly (readonly [string, string | null])[]): void {
    for (const [path, text] of changes) {
      this.#versions += 1;
      if (text === null) this.#files.delete(path);
      else this.#files.set(path, { text, version: this.#versions });
    }
  }

  text(path: string): string {
    return this.#files.get(path)?.text ?? "";
  }

  nameOf(path: string): string {
    return FOLDER + path;
  }

  /** Null: not the program's. */
  pathOf(file: string): string | null {
    const path = file.startsWith(FOLDER) ? file.slice(FOLDER.length) : "";
    return this.#files.has(path) ? path : null;
  }

  // --- What TypeScript asks --------------------------------------------------------------------
  getCompilationSettings() {
    return {
      allowJs: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts"],
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      noEmit: true,
    };
  }

  getScriptFileNames(): string[] {
    const scripts = [...this.#files.keys()].filter((path) => !/\.json$/i.test(path));
    return [NODE, ...scripts.map((path) => this.nameOf(path))];
  }

  getScriptVersion(file: string): string {
    return String(this.#files.get(this.pathOf(file) ?? "")?.version ?? 0);
  }

  getScriptSnapshot(file: string) {
    const text = this.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  }

  getCurrentDirectory(): string {
    return FOLDER;
  }

  getDefaultLibFileName(): string {
    return `${LIB_FOLDER}lib.es2023.d.ts`;
  }

  getDefaultLibLocation(): string {
    return LIB_FOLDER;
  }

  fileExists(file: string): boolean {
    return this.readFile(file) !== undefined;
  }

  readFile(file: string): string | undefined {
    const path = this.pathOf(file);
    return path === null ? this.#library.get(file) : this.text(path);
  }
}
