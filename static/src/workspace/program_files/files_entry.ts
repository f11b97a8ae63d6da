import type { PickedFile } from "../files/upload";
import type { SidePanelEntry } from "../side_panel/side_panel_entry";
import type { FilesDependencies, FilesTab } from "./files_tab";

interface EntryDependencies extends FilesDependencies {
  readonly sidePanel: SidePanelEntry;
}

/** Notices that say what did not come back, or is not kept. */
const OF_FILES: ReadonlySet<string> = new Set(["files_left_out", "files_lost", "files_not_kept"]);

/** Files of programs. All is loaded with the first one, or when somebody asks for it. */
export class FilesEntry {
  readonly #deps: EntryDependencies;
  #tab: FilesTab | null = null;

  constructor(deps: EntryDependencies) {
    this.#deps = deps;
    deps.panel.onDidReceiveMessage((message) => {
      if (message.type === "artifact" && message.path) this.#with((tab) => tab.receive(message));
      if (message.type === "notice" && OF_FILES.has(message.code))
        this.#with((tab) => tab.note(message));
    });
  }

  add(files: readonly PickedFile[]): void {
    this.#with((tab) => void tab.add(files));
  }

  open(): void {
    this.#with((tab) => tab.open());
  }

  #with(act: (tab: FilesTab) => void): void {
    this.#deps.sidePanel.with(async (side) => {
      const { FilesTab } = await import("./files_tab");
      this.#tab ??= new FilesTab(side, this.#deps);
      act(this.#tab);
    });
  }
}
