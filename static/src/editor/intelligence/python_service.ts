import workerAddress from "virtual:python-worker";
import { Emitter } from "../../common/base/emitter";
import { SupervisedWorker } from "../../common/base/supervised_worker";
import type { Timer } from "../../common/base/timer";
import { LanguageClient } from "../../common/intelligence/language_client";
import { pathOf } from "../../common/intelligence/program_files";
import type { Problem } from "../../common/problems/problem";
import type { SourceFile } from "../../protocol.gen";
import type { Helper } from "./helper";
import { type Diagnostic, problemsOf } from "./python_problems";

export interface PythonOptions {
  readonly timer: Timer;
  readonly locale: string;
  /** `3.11`; empty: not known. */
  readonly version: string;
  stubsOf(name: string): Promise<Readonly<Record<string, string>> | null>;
}

/** Where `browser-basedpyright` has the standard library: it looks elsewhere by itself. */
const TYPESHED = "/typeshed";
const PACKAGES = "/packages";
/** Which findings of a type checker help somebody whose program has no types. */
const RULES = {
  typeCheckingMode: "basic",
  // Whether a package can be imported, the site knows better.
  reportMissingImports: false,
  reportMissingModuleSource: false,
  reportAttributeAccessIssue: "error",
  reportOptionalMemberAccess: "warning",
  reportOptionalSubscript: "warning",
  reportOptionalOperand: "warning",
  reportOptionalIterable: "warning",
  reportPossiblyUnboundVariable: "warning",
  reportArgumentType: "warning",
  reportReturnType: "warning",
  reportAssignmentType: "warning",
};
const SETTINGS = { autoImportCompletions: false, diagnosticMode: "openFilesOnly" };

/** Another worker that the first one asks for: it alone finds type errors. */
interface CheckerStart {
  readonly type: "browser/newWorker";
  readonly initialData: unknown;
  readonly port: MessagePort;
}

/** Code help for Python: a language server in a worker, and a second worker that checks types. */
export class PythonService implements Helper {
  readonly #didFindProblems = new Emitter<readonly Problem[]>();
  /** All that are known. */
  readonly onDidFindProblems = this.#didFindProblems.event;
  readonly worker: SupervisedWorker;
  readonly client: LanguageClient;
  readonly #problems = new Map<string, Problem[]>();
  #checkerStart: CheckerStart | null = null;
  #checker: Worker | null = null;
  #checks = false;

  constructor(options: PythonOptions) {
    const { timer, locale, version, stubsOf } = options;
    this.worker = new SupervisedWorker({
      start: () => new Worker(workerAddress, { name: "python" }),
      timer,
      answer: (method, params) => settings(method, params),
    });
    const configuration = {
      typeshedPath: TYPESHED,
      extraPaths: [PACKAGES],
      pythonPlatform: "Linux",
      ...(version && { pythonVersion: version }),
      ...RULES,
    };
    const boot = { type: "browser/boot", mode: "foreground" };
    this.client = new LanguageClient(this.worker, { locale, boot, configuration, stubsOf });
    this.worker.onDidSay((message) => this.#said(message));
    this.worker.onDidNotify(({ method, params }) => {
      if (method === "textDocument/publishDiagnostics") this.#found(params as Published);
    });
    for (const event of [this.worker.onDidRestart, this.worker.onDidFail]) {
      event(() => this.#endChecker());
    }
  }

  /** From now on, type errors are told. */
  check(): void {
    this.#checks = true;
    this.#startChecker();
  }

  get checks(): boolean {
    return this.#checks;
  }

  stop(): void {
    this.worker.stop();
    this.#endChecker();
  }

  async start(files: readonly SourceFile[]): Promise<void> {
    await this.client.start(files);
    const gone = [...this.#problems.keys()].filter((path) => !this.client.has(path));
    for (const path of gone) this.#problems.delete(path);
    if (gone.length > 0) this.#didFindProblems.fire([...this.#problems.values()].flat());
  }

  #said(message: object): void {
    if ((message as Partial<CheckerStart>).type !== "browser/newWorker") return;
    this.#checkerStart = message as CheckerStart;
    this.#startChecker();
  }

  #startChecker(): void {
    const start = this.#checkerStart;
    if (!this.#checks || !start) return;
    this.#checkerStart = null;
    const { initialData, port } = start;
    const checker = new Worker(workerAddress, { name: "python types" });
    this.#checker = checker;
    checker.onerror = (event) => {
      event.preventDefault();
      this.#endChecker();
    };
    checker.postMessage({ type: "browser/boot", mode: "background", initialData, port }, [port]);
  }

  #endChecker(): void {
    this.#checkerStart?.port.close();
    this.#checkerStart = null;
    this.#checker?.terminate();
    this.#checker = null;
    this.#problems.clear();
    this.#didFindProblems.fire([]);
  }

  #found({ uri, diagnostics }: Published): void {
    const path = pathOf(uri);
    if (path === null || !this.#checks || !this.client.has(path)) return;
    this.#problems.set(path, problemsOf(path, diagnostics, this.client.linesOf(path)));
    this.#didFindProblems.fire([...this.#problems.values()].flat());
  }
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** One answer for each section that the worker asks about. */
function settings(method: string, params: unknown): unknown {
  if (method !== "workspace/configuration") return undefined;
  const { items } = params as { items: readonly { section?: string }[] };
  return items.map(({ section }) =>
    section?.endsWith("analysis") ? SETTINGS : { analysis: SETTINGS },
  );
}
