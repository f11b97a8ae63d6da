import { PREFERENCE_DEFAULTS, type WorkspaceConfig } from "../../protocol.gen";
import { byId } from "./widgets/dom";

/** The configuration that the server writes into the page. */
export function readConfig(): WorkspaceConfig {
  const config = JSON.parse(byId("workspace-config").textContent ?? "") as WorkspaceConfig;
  return { ...config, preferences: { ...PREFERENCE_DEFAULTS, ...config.preferences } };
}
