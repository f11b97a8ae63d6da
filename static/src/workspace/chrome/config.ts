import { DEFAULTS, type Preferences } from "../../common/preferences";
import { byId } from "./widgets/dom";

export interface Language {
  readonly id: string;
  readonly name: string;
  readonly main: string;
  readonly example: string;
}

/** The configuration that the server writes into the page. */
export interface WorkspaceConfig {
  readonly user: string;
  readonly staff: boolean;
  readonly languages: readonly Language[];
  readonly preferences: Preferences;
  /** Limit for the message that starts a program. */
  readonly start_bytes: number;
  /** The snippet in the page's URL. */
  readonly snippet: number | null;
  /** The snippet shall be run when the page has loaded. */
  readonly run: boolean;
}

export function readConfig(): WorkspaceConfig {
  const config = JSON.parse(byId("workspace-config").textContent ?? "") as WorkspaceConfig;
  return { ...config, preferences: { ...DEFAULTS, ...config.preferences } };
}
