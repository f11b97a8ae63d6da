import { leavesWindow } from "../../common/windows/leaves_window";
import { opensWindows } from "../../common/windows/opens_windows";
import type { LanguageOption, ScreenSize, SourceFile } from "../../protocol.gen";
import type { ProgramOptions } from "../run/program_options";
import type { Aside, RunPanel } from "../run/run_panel";
import type { SidePanelEntry } from "../side_panel/side_panel_entry";
import type { ScreenTab } from "./screen_tab";

const SCREEN = 2;
/** What programs for beginners expect at least; it is scaled to the place that there is. */
const SIZE: ScreenSize = { width: 800, height: 600 };

export interface ScreenDependencies {
  readonly panel: RunPanel;
  readonly options: ProgramOptions;
  readonly sidePanel: SidePanelEntry;
  readonly languages: readonly LanguageOption[];
}

/** Windows of programs. What shows them is loaded with the first program that has a screen. */
export class ScreenEntry {
  readonly #deps: ScreenDependencies;
  #loading: Promise<void> | null = null;
  #loaded: ScreenTab | null = null;
  /** What came before all is loaded: the server sends little until it is acknowledged. */
  #held: Aside[] = [];
  /** Of the program that was started last: its window closes when it has drawn. */
  #leaves = false;

  constructor(deps: ScreenDependencies) {
    this.#deps = deps;
    const { panel } = deps;
    panel.screenFor = (language, files) => {
      this.#leaves = language === "python" && leavesWindow(files);
      return this.#sizeFor(language, files);
    };
    const others = panel.sideOffsets;
    panel.sideOffsets = () => ({ ...others(), ...this.#loaded?.offsets });
    panel.onDidHearAside((aside) => {
      if (aside.channel === SCREEN) this.#hear(aside);
    });
    panel.onDidChangeState(({ phase }) => {
      if (phase !== "starting") return;
      this.#held = [];
      this.#loaded?.begin();
      if (panel.hasScreen) this.#load();
    });
  }

  #sizeFor(language: string, files: readonly SourceFile[]): ScreenSize | null {
    const option = this.#deps.languages.find(({ id }) => id === language);
    const choice = this.#deps.options.windows;
    if (!option || option.windows.length === 0 || choice === "off") return null;
    if (choice === "on") return SIZE;
    // Where no machine shows windows, the program runs, and its error says so.
    return option.can_show_windows && opensWindows(option.windows, files) ? SIZE : null;
  }

  #hear(aside: Aside): void {
    if (this.#loaded) {
      this.#loaded.hear(aside);
      return;
    }
    this.#held.push(aside);
    this.#load();
  }

  #load(): void {
    this.#loading ??= import("./screen_tab").then(
      ({ ScreenTab }) =>
        this.#deps.sidePanel.with((side) => {
          this.#loaded ??= new ScreenTab(this.#deps.panel, side, () => this.#leaves);
          for (const aside of this.#held.splice(0)) this.#loaded.hear(aside);
        }),
      () => {
        // Without a connection; the next one tries again.
        this.#loading = null;
      },
    );
  }
}
