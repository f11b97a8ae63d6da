import { ArtifactsTab } from "./artifacts_tab";
import { SidePanel, type SidePanelDependencies } from "./side_panel";

export function makeSidePanel(deps: SidePanelDependencies): {
  side: SidePanel;
  artifacts: ArtifactsTab;
} {
  const side = new SidePanel(deps);
  return { side, artifacts: new ArtifactsTab(side, deps.panel) };
}
