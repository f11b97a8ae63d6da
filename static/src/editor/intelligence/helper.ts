import type { SupervisedWorker } from "../../common/base/supervised_worker";
import type { LanguageService } from "../../common/intelligence/language_service";
import { isPythonPath } from "../../common/intelligence/program_files";
import { isScriptPath } from "../../common/intelligence/script_client";
import type { SourceFile } from "../../protocol.gen";

/** A worker with a language service, and how it is asked. */
export interface Helper {
  readonly worker: SupervisedWorker;
  readonly client: LanguageService;
  /** Until the first question is answered quickly. */
  start(files: readonly SourceFile[]): Promise<void>;
  stop(): void;
}

/** Languages that one worker knows. */
export type Family = "python" | "script";

/** Null: no worker knows files of this name. */
export function familyOf(path: string): Family | null {
  if (isPythonPath(path)) return "python";
  return isScriptPath(path) ? "script" : null;
}
