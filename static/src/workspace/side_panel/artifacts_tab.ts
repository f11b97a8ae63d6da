import { ArtifactViewer } from "../../artifacts/artifact_viewer";
import { at } from "../../common/artifacts/artifact_texts";
import { isActive, type RunState } from "../../common/run/run_state";
import type { ArtifactShown } from "../../protocol.gen";
import type { RunPanel } from "../run/run_panel";
import type { SidePanel } from "./side_panel";
import type { SideTab } from "./side_tab";

/** The tab with the pictures, tables, pages and sounds of the run that the terminal shows. */
export class ArtifactsTab {
  readonly #viewer = new ArtifactViewer();
  readonly #panel: RunPanel;
  readonly #tab: SideTab;
  #run: string | null = null;

  constructor(side: SidePanel, panel: RunPanel) {
    this.#panel = panel;
    this.#tab = side.add({
      id: "artifacts",
      name: () => at("results"),
      element: this.#viewer.element,
      focus: () => this.#viewer.focus(),
      didShow: (visible) => this.#viewer.setVisible(visible),
    });
    panel.onDidChangeState((state) => this.#follow(state));
  }

  receive(message: ArtifactShown): void {
    if (message.run !== this.#panel.state.run) return; // of a run that this page has left
    if (message.run !== this.#run) this.#begin(message.run);
    const added = this.#viewer.put(message);
    this.#tab.available = true;
    this.#tab.count = this.#viewer.count;
    // A file cannot be looked at here: for that, nothing changes its place.
    if (added && message.kind !== "file") this.#tab.offer();
  }

  #begin(run: string): void {
    this.#run = run;
    this.#viewer.begin(run);
  }

  /** What the run before has shown stays until the next one shows something, or ends. */
  #follow(state: RunState): void {
    const other = state.run !== this.#run;
    if (state.phase === "starting") this.#viewer.setBefore(true);
    else if (other && !isActive(state)) this.#clear();
  }

  #clear(): void {
    this.#run = null;
    this.#viewer.clear();
    this.#tab.count = 0;
    this.#tab.available = false;
  }
}
