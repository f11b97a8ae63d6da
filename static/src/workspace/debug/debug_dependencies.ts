import type { DebugSession } from "../../common/debug/debug_session";
import type { StepCommand } from "../../common/debug/debug_state";
import type { EditorHost } from "../../editor/editor_host";
import type { LanguageOption } from "../../protocol.gen";
import type { BrowserStorage } from "../chrome/browser_storage";
import type { Layout } from "../chrome/layout";
import type { RunPanel } from "../run/run_panel";
import type { SnippetSession } from "../snippets/snippet_session";

export interface DebugDependencies {
  readonly editor: EditorHost;
  readonly session: SnippetSession;
  readonly panel: RunPanel;
  readonly layout: Layout;
  readonly storage: BrowserStorage;
  readonly languages: readonly LanguageOption[];
}

/** What the parts of the panel do with a debugged program. */
export interface DebugActions {
  /** Of the program that runs now, or ran last. */
  readonly session: DebugSession;
  readonly stopped: boolean;
  step(command: StepCommand): void;
  pause(): void;
  /** Shows a place of the program in the editor. */
  show(path: string, line: number): void;
  editBreakpoint(path: string, line: number): void;
}
