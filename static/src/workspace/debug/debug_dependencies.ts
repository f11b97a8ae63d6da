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

/** A line of a file's text, from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** What the parts of the panel do with a debugged program. */
export interface DebugActions {
  /** Of the program that runs now, or ran last. */
  readonly session: DebugSession;
  readonly stopped: boolean;
  step(command: StepCommand): void;
  pause(): void;
  /** Where a line of the program is in its text, which may have been edited; null: nowhere. */
  shownLine(path: string, line: number): number | null;
  /** Whether a line of the text is in the program that runs. */
  runs(place: Place): boolean;
  /** Shows a line of the text in the editor. */
  show(place: Place): void;
  editBreakpoint(path: string, line: number): void;
}
