import { byId } from "./dom";

export interface Language {
  readonly id: string;
  readonly name: string;
  readonly main: string;
  readonly example: string;
}

/** What the server tells the page (runner/views.py). */
export interface WorkspaceConfig {
  readonly user: string;
  readonly staff: boolean;
  readonly languages: readonly Language[];
}

export function readConfig(): WorkspaceConfig {
  return JSON.parse(byId("workspace-config").textContent ?? "");
}
