import { DEFAULTS, type Preferences } from "../../common/preferences";
import { byId } from "./widgets/dom";

export interface Language {
  readonly id: string;
  readonly name: string;
  readonly main: string;
  readonly example: string;
}

/** What the server tells the page (runner/views/site.py). */
export interface WorkspaceConfig {
  readonly user: string;
  readonly staff: boolean;
  readonly languages: readonly Language[];
  readonly preferences: Preferences;
  /** The largest message that starts a program. */
  readonly start_bytes: number;
  /** The snippet that the address names. */
  readonly snippet: number | null;
  /** Somebody has just asked for it to be run. */
  readonly run: boolean;
}

export function readConfig(): WorkspaceConfig {
  const config = JSON.parse(byId("workspace-config").textContent ?? "") as WorkspaceConfig;
  return { ...config, preferences: { ...DEFAULTS, ...config.preferences } };
}
