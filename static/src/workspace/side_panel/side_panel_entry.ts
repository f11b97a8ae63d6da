import { t } from "../../common/i18n/translate";
import { byId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { ArtifactsTab } from "./artifacts_tab";
import type { SidePanel, SidePanelDependencies } from "./side_panel";

interface Parts {
  readonly side: SidePanel;
  readonly artifacts: ArtifactsTab;
}

/** The panel beside the terminal. It is loaded with the first thing that it shows. */
export class SidePanelEntry {
  readonly element = byId("side-panel");
  readonly #deps: SidePanelDependencies;
  #loading: Promise<Parts> | null = null;
  #loaded: Parts | null = null;

  constructor(deps: SidePanelDependencies) {
    this.#deps = deps;
    deps.panel.onDidReceiveMessage((message) => {
      // What has a path is a file that the program has written: see the tab with these.
      if (message.type === "artifact" && !message.path)
        this.#withParts(({ artifacts }) => artifacts.receive(message));
    });
  }

  /** Loads it when the network has nothing better to do: the first picture is shown sooner. */
  preload(): void {
    this.#withParts(
      () => undefined,
      () => undefined, // the next one tries again
    );
  }

  /** Acts on the panel when it is loaded. Without a connection, the next call tries again. */
  with(act: (side: SidePanel) => void): void {
    this.#withParts(({ side }) => act(side));
  }

  /** Whether there is anything to be shown. */
  get available(): boolean {
    return this.#loaded?.side.available ?? false;
  }

  toggle(): void {
    this.#loaded?.side.toggle();
  }

  focus(): void {
    this.#loaded?.side.focus();
  }

  #withParts(act: (parts: Parts) => void, failed = sayThatItIsMissing): void {
    this.#loading ??= this.#load();
    void this.#loading.then(act, () => {
      if (this.#loading) failed();
      this.#loading = null;
    });
  }

  async #load(): Promise<Parts> {
    const { makeSidePanel } = await import("./make_side_panel");
    this.#loaded = makeSidePanel(this.#deps);
    return this.#loaded;
  }
}

function sayThatItIsMissing(): void {
  toast(t("checks.missing"), "problem");
}
